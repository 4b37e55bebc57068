//! Who does what in a show: the groups and roles that `podcast:person` names.
//!
//! Source: the Podcast Taxonomy Project's list, which the namespace refers to. The words are
//! matched without regard to case; feeds get them in lower case.

/// A role: its word in a feed, and its English name.
pub type Role = (&'static str, &'static str);

/// A group: its word in a feed, its English name, and its roles.
pub type Group = (&'static str, &'static str, &'static [Role]);

/// What `podcast:person` means by no role.
pub const DEFAULT_ROLE: &str = "host";
/// What `podcast:person` means by no group.
pub const DEFAULT_GROUP: &str = "cast";

/// Every group with its roles, those that authors need first.
pub const GROUPS: &[Group] = &[
    (
        "cast",
        "Cast",
        &[
            ("host", "Host"),
            ("co-host", "Co-Host"),
            ("guest host", "Guest Host"),
            ("guest", "Guest"),
            ("voice actor", "Voice Actor"),
            ("narrator", "Narrator"),
            ("announcer", "Announcer"),
            ("reporter", "Reporter"),
        ],
    ),
    (
        "writing",
        "Writing",
        &[
            ("author", "Author"),
            ("editorial director", "Editorial Director"),
            ("co-writer", "Co-Writer"),
            ("writer", "Writer"),
            ("songwriter", "Songwriter"),
            ("guest writer", "Guest Writer"),
            ("story editor", "Story Editor"),
            ("managing editor", "Managing Editor"),
            ("script editor", "Script Editor"),
            ("script coordinator", "Script Coordinator"),
            ("researcher", "Researcher"),
            ("editor", "Editor"),
            ("fact checker", "Fact Checker"),
            ("translator", "Translator"),
            ("transcriber", "Transcriber"),
            ("logger", "Logger"),
        ],
    ),
    (
        "creative direction",
        "Creative Direction",
        &[
            ("director", "Director"),
            ("assistant director", "Assistant Director"),
            ("executive producer", "Executive Producer"),
            ("senior producer", "Senior Producer"),
            ("producer", "Producer"),
            ("associate producer", "Associate Producer"),
            ("development producer", "Development Producer"),
            ("creative director", "Creative Director"),
        ],
    ),
    (
        "audio production",
        "Audio Production",
        &[
            ("studio coordinator", "Studio Coordinator"),
            ("technical director", "Technical Director"),
            ("technical manager", "Technical Manager"),
            ("audio engineer", "Audio Engineer"),
            ("remote recording engineer", "Remote Recording Engineer"),
            ("post production engineer", "Post Production Engineer"),
        ],
    ),
    (
        "audio post-production",
        "Audio Post-Production",
        &[
            ("audio editor", "Audio Editor"),
            ("sound designer", "Sound Designer"),
            ("foley artist", "Foley Artist"),
            ("composer", "Composer"),
            ("theme music", "Theme Music"),
            ("music production", "Music Production"),
            ("music contributor", "Music Contributor"),
        ],
    ),
    (
        "administration",
        "Administration",
        &[
            ("production coordinator", "Production Coordinator"),
            ("booking coordinator", "Booking Coordinator"),
            ("production assistant", "Production Assistant"),
            ("content manager", "Content Manager"),
            ("marketing manager", "Marketing Manager"),
            ("sales representative", "Sales Representative"),
            ("sales manager", "Sales Manager"),
        ],
    ),
    (
        "visuals",
        "Visuals",
        &[
            ("graphic designer", "Graphic Designer"),
            ("cover art designer", "Cover Art Designer"),
        ],
    ),
    (
        "community",
        "Community",
        &[("social media manager", "Social Media Manager")],
    ),
    (
        "video production",
        "Video Production",
        &[
            ("camera operator", "Camera Operator"),
            ("lighting designer", "Lighting Designer"),
            ("camera grip", "Camera Grip"),
            ("assistant camera", "Assistant Camera"),
        ],
    ),
    (
        "video post-production",
        "Video Post-Production",
        &[
            ("editor", "Editor"),
            ("assistant editor", "Assistant Editor"),
        ],
    ),
    (
        "misc.",
        "Misc.",
        &[("consultant", "Consultant"), ("intern", "Intern")],
    ),
];

/// The group of a role, in the order of [`GROUPS`] (`editor` is one of words before it is one
/// of pictures); `None` for a role that the list does not hold.
pub fn group_of(role: &str) -> Option<&'static str> {
    let role = role.trim();
    GROUPS.iter().find_map(|(group, _, roles)| {
        let listed = roles
            .iter()
            .any(|(word, _)| word.eq_ignore_ascii_case(role));
        listed.then_some(*group)
    })
}

/// Whether the list holds the role.
pub fn is_known(role: &str) -> bool {
    group_of(role).is_some()
}
