//! Lists in a form, ready to print: `templates/admin/show_rows.html`.
use crate::features::accounts::choices::Group;
use crate::features::show::RowSpec;
use crate::web::form::FormData;
use crate::web::ui::Ui;

/// Empty rows behind those that are filled; with JavaScript one is left of them, and more are
/// had by a press.
const SPARE: usize = 2;

/// A list.
#[derive(Debug, Clone)]
pub struct Rows {
    /// What its faults are noted under.
    pub field: &'static str,
    /// What there is and a few empty ones.
    pub rows: Vec<Row>,
}

/// A row.
#[derive(Debug, Clone)]
pub struct Row {
    /// What it is called, with its number.
    pub legend: String,
    /// Its fields.
    pub cells: Vec<Cell>,
}

/// A field of a row.
#[derive(Debug, Clone)]
pub struct Cell {
    /// Its name, which every row has, and the number of the row, which makes an id of it.
    pub name: &'static str,
    /// From 0.
    pub row: usize,
    /// Its label.
    pub label: String,
    /// As typed or stored.
    pub value: String,
    /// What is wrong with it; empty if nothing.
    pub fault: String,
    /// How it stands in the row.
    pub kind: Kind,
}

/// How a field of a row looks.
#[derive(Debug, Clone)]
pub enum Kind {
    /// One line of that many characters at most.
    Text(usize),
    /// An address.
    Link,
    /// Several lines of that many characters at most.
    Area(usize),
    /// A choice; a group without a label stands by itself.
    Select(Vec<Group>),
}

/// How a column looks: the key of its label, and its kind with a value in it.
pub type Column<'a> = (&'static str, &'a dyn Fn(&str) -> Kind);

impl Rows {
    /// The rows of a form, each cell with its fault where the form was looked at before.
    pub fn new<T, const N: usize>(
        ui: &Ui,
        spec: &RowSpec<T, N>,
        form: &FormData,
        legend: &str,
        columns: [Column; N],
    ) -> Self {
        let mut rows = Vec::new();
        let spare = std::iter::repeat_n([(); N].map(|()| String::new()), SPARE);
        let typed = spec.typed(form);
        let filled = typed.len();
        for (n, values) in typed.into_iter().chain(spare).enumerate() {
            let faults = if n < filled {
                (spec.read)(&values).err()
            } else {
                None
            };
            let mut faults = faults.into_iter().flat_map(|all| *all);
            let cells = columns.iter().zip(spec.columns).zip(values);
            let cells = cells.map(|(((label, kind), name), value)| Cell {
                name,
                row: n,
                label: ui.t(label),
                fault: faults
                    .next()
                    .flatten()
                    .map_or_else(String::new, |m| ui.message(&m)),
                kind: kind(&value),
                value,
            });
            rows.push(Row {
                legend: ui.n(legend, n + 1),
                cells: cells.collect(),
            });
        }
        Self {
            field: spec.field,
            rows,
        }
    }
}
