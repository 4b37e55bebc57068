//! Lists in a form: several fields of one name each, a row of them for a thing.
use crate::kernel::{FieldErrors, Message};
use crate::web::form::FormData;

/// What is wrong with a row, by column.
pub type Faults<const N: usize> = Box<[Option<Message>; N]>;

/// How a list stands in the form, and what one of its rows means.
#[derive(Debug, Clone, Copy)]
pub struct RowSpec<T, const N: usize> {
    /// What its faults are noted under.
    pub field: &'static str,
    /// Names of the fields of a row.
    pub columns: [&'static str; N],
    /// Most rows.
    pub most: usize,
    /// A row's meaning, or what is wrong with it.
    pub read: fn(&[String; N]) -> Result<T, Faults<N>>,
}

impl<T, const N: usize> RowSpec<T, N> {
    /// The rows as typed, without those in which everything is empty.
    pub fn typed(&self, form: &FormData) -> Vec<[String; N]> {
        let columns = self.columns.map(|name| form.all(name).collect::<Vec<_>>());
        let length = columns.iter().map(Vec::len).max().unwrap_or(0);
        (0..length)
            .map(|n| {
                columns
                    .each_ref()
                    .map(|cells| (*cells.get(n).unwrap_or(&"")).to_owned())
            })
            .filter(|row| row.iter().any(|cell| !cell.trim().is_empty()))
            .collect()
    }

    /// Reads the whole list; faults are noted under its field, with the number of the row.
    pub fn parse(&self, form: &FormData, errors: &mut FieldErrors) -> Vec<T> {
        let typed = self.typed(form);
        if typed.len() > self.most {
            let message = Message::new("error-show-rows-many").with("most", self.most);
            errors.add(self.field, message);
            return Vec::new();
        }
        let mut found = Vec::new();
        for (n, row) in typed.iter().enumerate() {
            match (self.read)(row) {
                Ok(value) => found.push(value),
                Err(_) => errors.add(
                    self.field,
                    Message::new("error-show-row").with("row", n + 1),
                ),
            }
        }
        found
    }

    /// The fields that would send these rows.
    pub fn fill(
        &self,
        rows: impl IntoIterator<Item = [String; N]>,
        into: &mut Vec<(String, String)>,
    ) {
        for row in rows {
            let named = self.columns.iter().zip(row);
            into.extend(named.map(|(name, cell)| ((*name).to_owned(), cell)));
        }
    }
}

/// Keeps the value of a cell, or its fault.
pub fn cell<T: Default>(result: Result<T, Message>) -> (T, Option<Message>) {
    match result {
        Ok(value) => (value, None),
        Err(message) => (T::default(), Some(message)),
    }
}

/// The value, unless a cell has a fault.
pub fn whole<T, const N: usize>(value: T, faults: [Option<Message>; N]) -> Result<T, Faults<N>> {
    if faults.iter().all(Option::is_none) {
        Ok(value)
    } else {
        Err(Box::new(faults))
    }
}
