// The public pages' entry: they are complete without it.
import { enhanceCopyButtons } from "./copy.js";

enhanceCopyButtons(document);
