# The words of the public pages.
site-skip = Skip to content
site-language = Language

site-date = { $day } { $name ->
    [m1] January
    [m2] February
    [m3] March
    [m4] April
    [m5] May
    [m6] June
    [m7] July
    [m8] August
    [m9] September
    [m10] October
    [m11] November
   *[m12] December
} { $year }
site-date-time = { site-date }, { $time }
site-hours = { $count } h
site-minutes = { $count } min
site-seconds = { $count } s
site-reading-time = { $count } min read

site-card-alt = Preview picture of “{ $title }” from { $show }
site-audio = Audio
site-text = Text
site-episode = Episode { $number }
site-season-episode = Season { $season }, episode { $number }
site-updated = Updated { $date }
site-posts = Posts
site-empty-title = Nothing has been published yet
site-empty-text = The first post will appear here. Subscribe to a feed to hear of it right away.
site-shows = Publications
site-shows-empty = Nothing has been published yet

site-paging = Pages
site-paging-newer = Newer
site-paging-older = Older
site-paging-of = Page { $page } of { $total }

site-subscribe = Subscribe
site-feed-podcast = Podcast feed
site-feed-podcast-hint = Paste this address into your podcast app.
site-feed-posts = Posts feed
site-feed-posts-hint = Audio and text alike, by RSS.
site-copy = Copy address
site-copy-name = Copy address: { $name }
site-copied = Copied
site-copy-failed = Couldn’t copy

site-listen = Listen
site-listen-title = Listen to “{ $title }”
site-download = Download
site-note = A note to the reader
site-script = Script
site-body = Text
site-references = References
site-more = More posts
site-previous = Previous
site-next = Next
site-about = About this post
site-permalink = Permanent link
site-transcript = Script as a file
site-transcript-text = Plain text
site-transcript-html = HTML
site-all-posts = All posts

site-sentence-link = Link to this sentence
site-gap = Not in the script: { $length }
site-quote = Quoted passage
site-stretch = Passage to hear
site-quote-title = “{ $words }” · { $title }
site-quote-place = See it in the text
site-quote-whole = The whole piece
site-reference-note = Reference { $number }
site-reference-back = Where { $number } stands in the text
site-chapters = Chapters
site-chapter = Chapter { $number }
site-legend-sample = A sentence
site-heard-about = heard at about this time
site-heard-never = in the text alone, not in the recording
site-related = Related posts

site-ago-now = just now
site-ago-minutes = { $count ->
    [one] one minute ago
   *[other] { $count } minutes ago
}
site-ago-hours = { $count ->
    [one] one hour ago
   *[other] { $count } hours ago
}
site-ago-days = { $count ->
    [one] one day ago
   *[other] { $count } days ago
}
site-preview-note = This is a preview. What is published may differ, and this address will stop working after a while.
