//! Figures, what they are held against, and the table that shows them.
use std::fmt::Write as _;

/// Which way is better, and how far is enough.
#[derive(Debug, Clone, Copy)]
pub enum Goal {
    /// (first step, goal): at least.
    AtLeast(f64, f64),
    /// (first step, goal): at most.
    AtMost(f64, f64),
}

/// One line of the table.
#[derive(Debug, Clone)]
pub struct Figure {
    /// What was measured, with its number in the list of goals.
    pub what: String,
    /// Ours, with its unit.
    pub ours: String,
    /// nginx's, with its unit, or nothing.
    pub nginx: String,
    /// What the goal speaks of: a ratio, or the figure itself.
    pub value: f64,
    /// How the goal is written.
    pub unit: &'static str,
    /// What is held against.
    pub goal: Goal,
}

impl Figure {
    fn verdict(&self) -> &'static str {
        let (first, goal) = match self.goal {
            Goal::AtLeast(first, goal) => (self.value >= first, self.value >= goal),
            Goal::AtMost(first, goal) => (self.value <= first, self.value <= goal),
        };
        match (first, goal) {
            (_, true) => "goal",
            (true, _) => "first step",
            _ => "**missed**",
        }
    }

    fn line(&self) -> String {
        let (sign, first, goal) = match self.goal {
            Goal::AtLeast(first, goal) => ('≥', first, goal),
            Goal::AtMost(first, goal) => ('≤', first, goal),
        };
        let unit = self.unit;
        let ratio = if unit == "×" {
            format!("{:.2}×", self.value)
        } else {
            String::new()
        };
        format!(
            "| {} | {} | {} | {ratio} | {sign} {first}{unit} | {sign} {goal}{unit} | {} |\n",
            self.what,
            self.ours,
            self.nginx,
            self.verdict()
        )
    }
}

/// The table, then what could not be measured.
pub fn table(title: &str, figures: &[Figure], notes: &[String]) -> String {
    let mut text = format!("### {title}\n\n");
    text.push_str("| figure | Daebon | nginx | ratio | first step | goal | reached |\n");
    text.push_str("|---|---|---|---|---|---|---|\n");
    for figure in figures {
        text.push_str(&figure.line());
    }
    for note in notes {
        let _ = write!(text, "\n- {note}");
    }
    if !notes.is_empty() {
        text.push('\n');
    }
    text
}

/// The middle of a few figures.
pub fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}

/// Three figures that matter.
pub fn short(value: f64) -> String {
    match value.abs() {
        v if v >= 100.0 => format!("{value:.0}"),
        v if v >= 10.0 => format!("{value:.1}"),
        v if v >= 1.0 => format!("{value:.2}"),
        v if v >= 0.1 => format!("{value:.3}"),
        v if v >= 0.01 => format!("{value:.4}"),
        _ => format!("{value:.5}"),
    }
}
