//! Apple's podcast categories, with the messages that name them in the interface.
//!
//! Source: Apple Podcasts categories, as `itunes:category` wants them spelled.

/// A name as feeds spell it, and the key of its sentence.
pub type Named = (&'static str, &'static str);

/// Every category with its subcategories, in Apple's order.
pub const CATEGORIES: [(&str, &str, &[Named]); 19] = [
    (
        "Arts",
        "admin-category-arts",
        &[
            ("Books", "admin-category-arts--books"),
            ("Design", "admin-category-arts--design"),
            ("Fashion & Beauty", "admin-category-arts--fashion-beauty"),
            ("Food", "admin-category-arts--food"),
            ("Performing Arts", "admin-category-arts--performing-arts"),
            ("Visual Arts", "admin-category-arts--visual-arts"),
        ],
    ),
    (
        "Business",
        "admin-category-business",
        &[
            ("Careers", "admin-category-business--careers"),
            (
                "Entrepreneurship",
                "admin-category-business--entrepreneurship",
            ),
            ("Investing", "admin-category-business--investing"),
            ("Management", "admin-category-business--management"),
            ("Marketing", "admin-category-business--marketing"),
            ("Non-Profit", "admin-category-business--non-profit"),
        ],
    ),
    (
        "Comedy",
        "admin-category-comedy",
        &[
            (
                "Comedy Interviews",
                "admin-category-comedy--comedy-interviews",
            ),
            ("Improv", "admin-category-comedy--improv"),
            ("Stand-Up", "admin-category-comedy--stand-up"),
        ],
    ),
    (
        "Education",
        "admin-category-education",
        &[
            ("Courses", "admin-category-education--courses"),
            ("How To", "admin-category-education--how-to"),
            (
                "Language Learning",
                "admin-category-education--language-learning",
            ),
            (
                "Self-Improvement",
                "admin-category-education--self-improvement",
            ),
        ],
    ),
    (
        "Fiction",
        "admin-category-fiction",
        &[
            ("Comedy Fiction", "admin-category-fiction--comedy-fiction"),
            ("Drama", "admin-category-fiction--drama"),
            ("Science Fiction", "admin-category-fiction--science-fiction"),
        ],
    ),
    ("Government", "admin-category-government", &[]),
    ("History", "admin-category-history", &[]),
    (
        "Health & Fitness",
        "admin-category-health-fitness",
        &[
            (
                "Alternative Health",
                "admin-category-health-fitness--alternative-health",
            ),
            ("Fitness", "admin-category-health-fitness--fitness"),
            ("Medicine", "admin-category-health-fitness--medicine"),
            (
                "Mental Health",
                "admin-category-health-fitness--mental-health",
            ),
            ("Nutrition", "admin-category-health-fitness--nutrition"),
            ("Sexuality", "admin-category-health-fitness--sexuality"),
        ],
    ),
    (
        "Kids & Family",
        "admin-category-kids-family",
        &[
            (
                "Education for Kids",
                "admin-category-kids-family--education-for-kids",
            ),
            ("Parenting", "admin-category-kids-family--parenting"),
            ("Pets & Animals", "admin-category-kids-family--pets-animals"),
            (
                "Stories for Kids",
                "admin-category-kids-family--stories-for-kids",
            ),
        ],
    ),
    (
        "Leisure",
        "admin-category-leisure",
        &[
            (
                "Animation & Manga",
                "admin-category-leisure--animation-manga",
            ),
            ("Automotive", "admin-category-leisure--automotive"),
            ("Aviation", "admin-category-leisure--aviation"),
            ("Crafts", "admin-category-leisure--crafts"),
            ("Games", "admin-category-leisure--games"),
            ("Hobbies", "admin-category-leisure--hobbies"),
            ("Home & Garden", "admin-category-leisure--home-garden"),
            ("Video Games", "admin-category-leisure--video-games"),
        ],
    ),
    (
        "Music",
        "admin-category-music",
        &[
            ("Music Commentary", "admin-category-music--music-commentary"),
            ("Music History", "admin-category-music--music-history"),
            ("Music Interviews", "admin-category-music--music-interviews"),
        ],
    ),
    (
        "News",
        "admin-category-news",
        &[
            ("Business News", "admin-category-news--business-news"),
            ("Daily News", "admin-category-news--daily-news"),
            (
                "Entertainment News",
                "admin-category-news--entertainment-news",
            ),
            ("News Commentary", "admin-category-news--news-commentary"),
            ("Politics", "admin-category-news--politics"),
            ("Sports News", "admin-category-news--sports-news"),
            ("Tech News", "admin-category-news--tech-news"),
        ],
    ),
    (
        "Religion & Spirituality",
        "admin-category-religion-spirituality",
        &[
            ("Buddhism", "admin-category-religion-spirituality--buddhism"),
            (
                "Christianity",
                "admin-category-religion-spirituality--christianity",
            ),
            ("Hinduism", "admin-category-religion-spirituality--hinduism"),
            ("Islam", "admin-category-religion-spirituality--islam"),
            ("Judaism", "admin-category-religion-spirituality--judaism"),
            ("Religion", "admin-category-religion-spirituality--religion"),
            (
                "Spirituality",
                "admin-category-religion-spirituality--spirituality",
            ),
        ],
    ),
    (
        "Science",
        "admin-category-science",
        &[
            ("Astronomy", "admin-category-science--astronomy"),
            ("Chemistry", "admin-category-science--chemistry"),
            ("Earth Sciences", "admin-category-science--earth-sciences"),
            ("Life Sciences", "admin-category-science--life-sciences"),
            ("Mathematics", "admin-category-science--mathematics"),
            (
                "Natural Sciences",
                "admin-category-science--natural-sciences",
            ),
            ("Nature", "admin-category-science--nature"),
            ("Physics", "admin-category-science--physics"),
            ("Social Sciences", "admin-category-science--social-sciences"),
        ],
    ),
    (
        "Society & Culture",
        "admin-category-society-culture",
        &[
            ("Documentary", "admin-category-society-culture--documentary"),
            (
                "Personal Journals",
                "admin-category-society-culture--personal-journals",
            ),
            ("Philosophy", "admin-category-society-culture--philosophy"),
            (
                "Places & Travel",
                "admin-category-society-culture--places-travel",
            ),
            (
                "Relationships",
                "admin-category-society-culture--relationships",
            ),
        ],
    ),
    (
        "Sports",
        "admin-category-sports",
        &[
            ("Baseball", "admin-category-sports--baseball"),
            ("Basketball", "admin-category-sports--basketball"),
            ("Cricket", "admin-category-sports--cricket"),
            ("Fantasy Sports", "admin-category-sports--fantasy-sports"),
            ("Football", "admin-category-sports--football"),
            ("Golf", "admin-category-sports--golf"),
            ("Hockey", "admin-category-sports--hockey"),
            ("Rugby", "admin-category-sports--rugby"),
            ("Running", "admin-category-sports--running"),
            ("Soccer", "admin-category-sports--soccer"),
            ("Swimming", "admin-category-sports--swimming"),
            ("Tennis", "admin-category-sports--tennis"),
            ("Volleyball", "admin-category-sports--volleyball"),
            ("Wilderness", "admin-category-sports--wilderness"),
            ("Wrestling", "admin-category-sports--wrestling"),
        ],
    ),
    ("Technology", "admin-category-technology", &[]),
    ("True Crime", "admin-category-true-crime", &[]),
    (
        "TV & Film",
        "admin-category-tv-film",
        &[
            ("After Shows", "admin-category-tv-film--after-shows"),
            ("Film History", "admin-category-tv-film--film-history"),
            ("Film Interviews", "admin-category-tv-film--film-interviews"),
            ("Film Reviews", "admin-category-tv-film--film-reviews"),
            ("TV Reviews", "admin-category-tv-film--tv-reviews"),
        ],
    ),
];
