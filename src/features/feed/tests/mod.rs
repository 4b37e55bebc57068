//! Tests of the feeds, and the site that the tests of all public features stand on.
pub mod support;
