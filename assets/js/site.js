// The public pages' entry: they are complete without it.
import { enhanceCopyButtons } from "./copy.js";

enhanceCopyButtons(document);
// What only the page of a post needs.
if (document.getElementById("reading")) import("./reading/main.js");
