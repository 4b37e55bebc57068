admin-product = Daebon
admin-skip = Skip to content
admin-nav = Main menu
admin-nav-language = Interface language
admin-nav-shows = Shows
admin-nav-new-show = New show
admin-nav-site = Public page
admin-nav-settings = Show settings
admin-nav-account = Account
admin-form-errors = Please check these fields.
admin-choose = Choose
admin-yes = Yes
admin-no = No
admin-save = Save
admin-copy = Copy
admin-copied = Copied
admin-back = Back to posts

## Labels

admin-label-name = Name
admin-label-email = E-mail
admin-label-password = Password
admin-label-title = Title
admin-label-show-title = Show title
admin-label-address = Address
admin-label-description = One-line description
admin-label-language = Language
admin-label-language-other = Language tag
admin-label-time-zone = Time zone
admin-label-category = Category
admin-label-explicit = Explicit content
admin-label-cover = Cover
admin-label-author-name = Author’s name
admin-label-owner-email = Owner’s e-mail
admin-label-copyright = Copyright notice
admin-label-locked = Keep other services from taking the show over
admin-label-show-type = Order
admin-label-slug = Post address
admin-label-note = Note
admin-label-script = Script
admin-label-season = Season
admin-label-episode = Episode
admin-label-episode-type = Type
admin-label-scheduled-at = Publish at
admin-label-recording = Recording
admin-label-file = File
admin-label-references = References
admin-hint-address = Up to 40 lower-case letters, digits and hyphens. Left empty, it is made from the title.
admin-hint-description = Shown below the title in podcast apps and search results.
admin-hint-language-other = For a language that is not listed, its BCP 47 tag, such as pt-BR.
admin-hint-category = Podcast apps list the show under it.
admin-hint-explicit = Choose Yes if there is often strong language or sexual content.
admin-language-other = Another language…

## Posts

admin-posts = Posts
admin-posts-filter = Show by state
admin-filter-all = All
admin-state-draft = Draft
admin-state-scheduled = Scheduled
admin-state-published = Published
admin-state-unlisted = Unlisted
admin-state-removed = Trash
admin-changed = Has unpublished changes
admin-untitled = Untitled
admin-new-post = New post
admin-feed = Podcast feed
admin-feed-hint = Give this address to podcast apps.
admin-posts-feed = Posts feed
admin-post-public = View the public post
admin-only-text = Text
admin-empty-heading = Write your first post
admin-empty-text = Paste a script and add a recording if you have one. You can also publish the text now and record it later.
admin-empty-filter = No posts in this state.
admin-no-show = There is no show yet.
admin-newer = Newer posts
admin-older = Older posts
admin-paging = Pages

## Editor

admin-editor = Edit post
admin-title-placeholder = Title
admin-hint-note = A few lines to the reader. Podcast apps show them as the description.
admin-hint-script = Markdown works: # begins a heading, > a quote, and the end of a line ends a paragraph.
admin-references-hint = Paste several lines or links at once and each gets a row of its own.
admin-ref-n = Reference { $count }
admin-ref-title = Title
admin-ref-url = Link
admin-ref-outlet = Outlet
admin-ref-date = Date
admin-ref-remark = Remark
admin-ref-passage = Sentence of the script
admin-ref-lost = The script has no such sentence. The reference stands for the whole piece.
admin-references-passage-hint = Name a sentence of the script, and a number will stand at it. Its beginning will do.
admin-ref-more = Add rows
admin-ref-up = Move up
admin-ref-down = Move down
admin-ref-remove = Remove
admin-details = Details
admin-hint-slug = Left empty, it is made from the title. If you change it, the old address keeps working.
admin-hint-episode = May stay empty.
admin-as-show = Same as the show
admin-type-full = Full episode
admin-type-trailer = Trailer
admin-type-bonus = Bonus
admin-cover-own = Cover of this post
admin-cover-none = Without one, the show’s cover is used.
admin-cover-now = Current cover
admin-cover-upload = Upload cover
admin-cover-remove = Remove cover
admin-actions = Save and publish
admin-saved-at = Saved { $when }
admin-preview = Preview
admin-publish = Publish
admin-publish-now = Publish now
admin-update = Publish changes
admin-schedule-set = Schedule
admin-schedule-change = Change time
admin-schedule-hint = { $zone } time (UTC{ $offset })
admin-scheduled-for = Goes public { $when }
admin-unschedule = Cancel schedule
admin-unlist = Hide from lists
admin-relist = Show in lists
admin-remove = Move to trash
admin-restore = Restore from trash
admin-more = More
admin-removed-notice = This post is in the trash. Restored, it becomes a draft again.
admin-unlisted-notice = Not in lists or feeds; only people who have the link can see it.
admin-preview-links = Preview links
admin-preview-links-hint = Show the post to someone before it is public. A link works for 7 days.
admin-preview-link-new = Create link
admin-preview-link-once = This address is shown only once. Copy it now.
admin-preview-link-line = Created { $from }, works until { $until }
admin-preview-link-revoke = Revoke
admin-revisions = Earlier versions
admin-revisions-hint = Bringing one back replaces what you are writing now. What is public stays until you publish changes.
admin-revision-restore = Bring back
admin-revision-public = Public now
admin-revision-n = Version { $count }
admin-new-tab = opens in a new tab

## Sentences for JavaScript. Words that begin with % are replaced by values.

admin-js-saving = Saving…
admin-js-saved = Saved %time
admin-js-unsaved = Unsaved changes
admin-js-retry = Connection lost, not saved. Trying again in %seconds s. Your text is kept in this browser.
admin-js-conflict = It was saved somewhere else first.
admin-js-conflict-open = Open the saved version in a new tab
admin-js-login = You are logged out, so this was not saved. Your text is kept in this browser.
admin-js-login-open = Log in in a new tab
admin-js-try-again = Save again
admin-js-failed = Could not save.
admin-js-kept = This browser holds text that was never saved (%time).
admin-js-kept-use = Use that text
admin-js-kept-drop = Discard it
admin-js-length = Characters: %count · %read min to read · %speak min to speak

## Show settings

admin-show-settings = Show settings
admin-show-new = New show
admin-show-about = About
admin-show-habits = Language and category
admin-show-owner = Author and rights
admin-show-create = Create show
admin-hint-address-change = If you change it, old addresses lead to the new one and subscribers stay.
admin-hint-owner-email = Stands in the feed’s podcast:locked for everybody to see. Left empty, it does not.
admin-hint-copyright = For example: © 2026 Jane Doe
admin-hint-locked = With Yes, other podcast services will not import this show without your permission.
admin-type-episodic = Newest first (each can be heard on its own)
admin-type-serial = From the beginning, in order
admin-cover-replace = Replace cover
admin-hint-cover = JPEG, PNG or WebP, 1400 to 10,000 pixels a side; 3000 is best. What is not square is cut to its middle.
admin-recording-missing = The file of the recording is not in its place. Upload it again; until then it is left out of the feed.
admin-revision-was-public = Was public
admin-revision-saved = Saved

admin-health = Health of the server
admin-health-missing = { $count ->
    [one] One file is not in its place. Upload the recording of the marked post again.
   *[other] { $count } files are not in their places. Upload the recordings of the marked posts again.
}
admin-health-full = The disk is nearly full. Nothing can be uploaded until there is room.
admin-health-version = Version
admin-health-database = Database
admin-health-log = Write-ahead log
admin-health-files = Files
admin-health-free = Disk free
admin-health-reserve = Kept free
admin-health-jobs = Jobs waiting
admin-health-address = Address of the site
