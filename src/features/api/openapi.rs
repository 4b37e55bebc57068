//! The document that describes the interface (OpenAPI 3.1). It is made of the handlers by a test,
//! which compares it with `docs/openapi.json`; the program only hands that file out.

/// `docs/openapi.json`.
pub const DOCUMENT: &str = include_str!("../../../docs/openapi.json");

#[cfg(test)]
mod tests {
    use serde_json::Value;
    use utoipa::openapi::security::{
        HttpAuthScheme, HttpBuilder, SecurityRequirement, SecurityScheme,
    };
    use utoipa::openapi::{
        ContentBuilder, KnownFormat, ObjectBuilder, OpenApi as Document, Ref, RefOr,
        ResponseBuilder, Schema, SchemaFormat, Type,
    };
    use utoipa::{Modify, OpenApi};

    use super::DOCUMENT;
    use crate::features::api::handlers;
    use crate::features::api::model::Problem;
    use crate::features::api::narrow::narrow;
    use crate::features::uploads::handlers as uploads;

    #[derive(OpenApi)]
    #[openapi(
        info(title = "Daebon", description = "Everything that the author's forms do, for programs. Authenticate with `Authorization: Bearer <token>`; tokens are made on the account page."),
        modifiers(&Common),
        components(schemas(Problem)),
        paths(
            handlers::account::me,
            handlers::account::change,
            handlers::account::sessions,
            handlers::account::end_sessions,
            handlers::account::end_session,
            handlers::account::tokens,
            handlers::account::revoke_token,
            handlers::shows::list,
            handlers::shows::create,
            handlers::shows::get,
            handlers::shows::change,
            handlers::posts::list,
            handlers::posts::create,
            handlers::posts::get,
            handlers::posts::change,
            handlers::posts::remove,
            handlers::versions::list,
            handlers::versions::get,
            handlers::versions::compare,
            handlers::versions::keep,
            handlers::versions::restore,
            handlers::publishing::publish,
            handlers::publishing::update,
            handlers::publishing::schedule,
            handlers::publishing::unschedule,
            handlers::publishing::unlist,
            handlers::publishing::relist,
            handlers::publishing::restore,
            handlers::publishing::preview_links,
            handlers::publishing::make_preview_link,
            handlers::publishing::revoke_preview_link,
            handlers::readers::check,
            handlers::readers::chapters,
            handlers::readers::set_chapters,
            handlers::readers::corrections,
            handlers::readers::add_correction,
            handlers::readers::reword_correction,
            handlers::readers::drop_correction,
            handlers::people::list,
            handlers::people::change,
            handlers::people::remove,
            handlers::people::invitations,
            handlers::people::invite,
            handlers::people::revoke,
            handlers::people::log,
            handlers::files::put_show_cover,
            handlers::files::put_recording,
            handlers::files::delete_recording,
            handlers::files::put_alternate,
            handlers::files::delete_alternate,
            handlers::files::put_cover,
            handlers::files::delete_cover,
            handlers::times::put_transcript,
            handlers::times::get_transcript,
            handlers::times::alignment,
            handlers::times::align,
            handlers::times::stop,
            handlers::times::go_on,
            handlers::times::transcribe,
            handlers::sentences::list,
            handlers::sentences::change,
            handlers::sentences::split,
            handlers::sentences::join,
            handlers::sentences::realign,
            handlers::sound::get,
            handlers::sound::peaks,
            handlers::sound::listen,
            handlers::sound::cover,
            handlers::shows::directories,
            handlers::references::look_up,
            handlers::machine::work,
            handlers::machine::again,
            handlers::machine::health,
            uploads::options,
            uploads::create,
            uploads::status,
            uploads::append,
            uploads::cancel,
        )
    )]
    struct Api;

    /// What holds for every operation: the token, and how faults are told.
    struct Common;

    impl Modify for Common {
        fn modify(&self, document: &mut Document) {
            let bearer = HttpBuilder::new().scheme(HttpAuthScheme::Bearer).build();
            let components = document.components.get_or_insert_default();
            components.add_security_scheme("token", SecurityScheme::Http(bearer));
            let needed = SecurityRequirement::new("token", Vec::<String>::new());
            document.security = Some(vec![needed]);
            let problem = Ref::from_schema_name("Problem");
            let content = ContentBuilder::new().schema(Some(problem)).build();
            let response = ResponseBuilder::new()
                .description(
                    "400 malformed, 401 no living token, 403 not allowed, 404 no such thing, \
                     405 other methods, 409 somebody else was faster or the state does not allow it, \
                     412 another version of tus, 413 too large, 415 another type, 421 the name of \
                     another host, 422 faults by field, 429 and 503 later (Retry-After), 460 a \
                     piece of an upload that is not what was sent, 507 the disk is full.",
                )
                .content("application/problem+json", content)
                .build();
            let responses = &mut components.responses;
            responses.insert("Problem".to_owned(), RefOr::T(response));
            for item in document.paths.paths.values_mut() {
                let operations = [
                    &mut item.get,
                    &mut item.put,
                    &mut item.post,
                    &mut item.delete,
                    &mut item.patch,
                    &mut item.head,
                    &mut item.options,
                ];
                for operation in operations.into_iter().flatten() {
                    // Handlers of different things have the same names.
                    let tag = operation.tags.iter().flatten().next().cloned();
                    let name = operation.operation_id.take().unwrap_or_default();
                    let tag = tag.unwrap_or_default();
                    operation.operation_id = Some(format!("{tag}_{name}"));
                    if let Some(RefOr::T(body)) = &mut operation.request_body {
                        for (kind, content) in &mut body.content {
                            if let RefOr::T(content) = content
                                && kind.ends_with("octet-stream")
                            {
                                content.schema = Some(bytes());
                            }
                        }
                    }
                    let responses = &mut operation.responses.responses;
                    for response in responses.values_mut() {
                        if let RefOr::T(response) = response
                            && response.description.is_empty()
                        {
                            "Done.".clone_into(&mut response.description);
                        }
                    }
                    let told = Ref::from_response_name("Problem");
                    responses.insert("default".to_owned(), RefOr::Ref(told));
                }
            }
        }
    }

    /// A body that is a file as it is.
    fn bytes() -> RefOr<Schema> {
        let format = SchemaFormat::KnownFormat(KnownFormat::Binary);
        let string = ObjectBuilder::new().schema_type(Type::String);
        string.format(Some(format)).into()
    }

    /// Every `$ref` in a value.
    fn refs<'a>(value: &'a Value, found: &mut Vec<&'a str>) {
        match value {
            Value::Object(members) => {
                found.extend(members.get("$ref").and_then(Value::as_str));
                members.values().for_each(|v| refs(v, found));
            }
            Value::Array(items) => items.iter().for_each(|v| refs(v, found)),
            _ => {}
        }
    }

    #[test]
    fn what_is_referred_to_is_there() {
        let document: Value = serde_json::from_str(DOCUMENT).expect("JSON");
        let mut found = Vec::new();
        refs(&document, &mut found);
        assert!(found.len() > 100, "{}", found.len());
        for to in found {
            let place = to.strip_prefix('#').expect("of the same document");
            assert!(document.pointer(place).is_some(), "{to}");
        }
    }

    /// With `DAEBON_WRITE_OPENAPI` set the file is written instead of compared.
    #[test]
    fn the_document_is_that_of_the_handlers() {
        let mut made = serde_json::to_value(Api::openapi()).expect("JSON");
        narrow(&mut made);
        let mut made = serde_json::to_string_pretty(&made).expect("JSON");
        made.push('\n');
        if std::env::var_os("DAEBON_WRITE_OPENAPI").is_some() {
            let file = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/openapi.json");
            std::fs::write(file, &made).expect("written");
            return;
        }
        assert_eq!(
            DOCUMENT, made,
            "make it anew: DAEBON_WRITE_OPENAPI=1 cargo test --lib openapi"
        );
    }
}
