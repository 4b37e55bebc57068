//! What Daebon does, each feature in a folder of its own.
pub mod site;
