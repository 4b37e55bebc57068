//! The document that describes the interface (OpenAPI 3.1). It is made of the handlers by a test,
//! which compares it with `docs/openapi.json`; the program only hands that file out.

/// `docs/openapi.json`.
pub const DOCUMENT: &str = include_str!("../../../docs/openapi.json");

#[cfg(test)]
mod tests {
    use utoipa::openapi::security::{
        HttpAuthScheme, HttpBuilder, SecurityRequirement, SecurityScheme,
    };
    use utoipa::openapi::{ContentBuilder, OpenApi as Document, Ref, RefOr, ResponseBuilder};
    use utoipa::{Modify, OpenApi};

    use super::DOCUMENT;
    use crate::features::api::handlers;
    use crate::features::api::model::Problem;

    #[derive(OpenApi)]
    #[openapi(
        info(title = "Daebon", description = "Everything that the author's forms do, for programs. Authenticate with `Authorization: Bearer <token>`; tokens are made on the account page."),
        modifiers(&Common),
        components(schemas(Problem)),
        paths(
            handlers::me,
            handlers::shows::list,
            handlers::shows::create,
            handlers::shows::get,
            handlers::shows::change,
            handlers::posts::list,
            handlers::posts::create,
            handlers::posts::get,
            handlers::posts::change,
            handlers::posts::remove,
            handlers::posts::versions,
            handlers::posts::keep_version,
            handlers::posts::restore_version,
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
                     413 too large, 415 another type, 422 faults by field, 429 and 503 later \
                     (Retry-After), 507 the disk is full.",
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
                ];
                for operation in operations.into_iter().flatten() {
                    // Handlers of different things have the same names.
                    let tag = operation.tags.iter().flatten().next().cloned();
                    let name = operation.operation_id.take().unwrap_or_default();
                    let tag = tag.unwrap_or_default();
                    operation.operation_id = Some(format!("{tag}_{name}"));
                    let responses = &mut operation.responses.responses;
                    for response in responses.values_mut() {
                        if let RefOr::T(response) = response {
                            "Done.".clone_into(&mut response.description);
                        }
                    }
                    let told = Ref::from_response_name("Problem");
                    responses.insert("default".to_owned(), RefOr::Ref(told));
                }
            }
        }
    }

    /// With `DAEBON_WRITE_OPENAPI` set the file is written instead of compared.
    #[test]
    fn the_document_is_that_of_the_handlers() {
        let mut made = Api::openapi().to_pretty_json().expect("JSON");
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
