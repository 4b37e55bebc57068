//! Tests of the covers.
