//! Tests of recordings come with their fixtures.
