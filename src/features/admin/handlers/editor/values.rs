//! What the fields of the editor hold: from what is stored, or from what was typed.
use crate::features::admin::views::details::DetailsValues;
use crate::features::admin::views::editor::{PostValues, ReferenceRow};
use crate::features::posts::{self, Reference, WorkingCopy};
use crate::formats::script;
use crate::kernel::ids::SentenceId;
use crate::web::form::FormData;

/// The rows of references; whether the script has their sentences is looked up in it.
fn rows_of(references: &[Reference], text: &str) -> Vec<ReferenceRow> {
    let is_tied = |r: &Reference| !r.passage.is_empty();
    let pieces = if references.iter().any(is_tied) {
        script::cut(text)
    } else {
        Vec::new()
    };
    let nobody = SentenceId::from_db(String::new());
    let is_lost = |r: &Reference| {
        let all = pieces.iter().map(|p| (&nobody, p.text.as_str()));
        is_tied(r) && posts::sentence_beginning(&r.passage, all).is_none()
    };
    references
        .iter()
        .map(|r| ReferenceRow {
            title: r.title.clone(),
            url: r.url.clone(),
            outlet: r.outlet.clone(),
            date: r.date.clone(),
            remark: r.remark.clone(),
            passage: r.passage.clone(),
            is_lost: is_lost(r),
        })
        .collect()
}

/// What is stored.
pub fn values_of(copy: &WorkingCopy) -> PostValues {
    let number = |n: Option<i64>| n.map_or_else(String::new, |n| n.to_string());
    PostValues {
        title: copy.content.title.clone(),
        slug: copy.slug.clone(),
        note: copy.content.note.clone(),
        script: copy.content.script.clone(),
        language: copy.content.language.clone(),
        episode_type: copy.content.episode_type.as_str().to_owned(),
        explicit: match copy.content.explicit {
            Some(true) => "yes",
            Some(false) => "no",
            None => "show",
        }
        .to_owned(),
        season: number(copy.content.season),
        episode: number(copy.content.episode),
        references: rows_of(&copy.content.references, &copy.content.script),
        details: DetailsValues::read(&FormData::new(copy.content.details.fields())),
        ..PostValues::default()
    }
}

/// What was typed, word for word, for a form that comes back.
pub fn typed_values(form: &FormData) -> PostValues {
    PostValues {
        title: form.get("title").to_owned(),
        slug: form.get("slug").to_owned(),
        note: form.get("note").to_owned(),
        script: form.get("script").to_owned(),
        language: form.get("language").to_owned(),
        episode_type: form.get("episode_type").to_owned(),
        explicit: form.get("explicit").to_owned(),
        season: form.get("season").to_owned(),
        episode: form.get("episode").to_owned(),
        references: form
            .rows([
                "ref_title",
                "ref_url",
                "ref_outlet",
                "ref_date",
                "ref_remark",
                "ref_passage",
            ])
            .into_iter()
            .map(|cells| {
                let [title, url, outlet, date, remark, passage] = cells.map(str::to_owned);
                ReferenceRow {
                    title,
                    url,
                    outlet,
                    date,
                    remark,
                    passage,
                    is_lost: false,
                }
            })
            .filter(|row| *row != ReferenceRow::default())
            .collect(),
        details: DetailsValues::read(form),
        ..PostValues::default()
    }
}
