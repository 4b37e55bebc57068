# Sending the feed to podcast directories.
directories-heading = Submit to directories
directories-lead = Apple Podcasts, Spotify and the like need to be told only once. After that they pick up new episodes from the feed on their own.
directories-requirements = What they ask for
directories-where = Where to submit
directories-link = Submit to directories
directories-podcast-index = Podcast Index
directories-missing = Missing
directories-advised = Recommended
directories-done = Done
directories-ready = Ready to submit
directories-not-ready = Something is missing
directories-open = Submit there
directories-listed = See the show there
directories-how-apple = Log in to Podcasts Connect with an Apple account, add a new show with an RSS feed, and paste the address above.
directories-how-spotify = In Spotify for Creators, choose to add an existing podcast and paste the address above. A code is sent to the e-mail address in the feed.
directories-how-youtube = In YouTube Studio, choose Create, New podcast, Submit RSS feed, and paste the address above. A code is sent to the e-mail address in the feed.
directories-how-index = It needs no account, and many podcast apps find shows there. The address is already filled in.
directories-public = The address is one that everybody can open.
directories-not-public = The present address can’t be opened from outside this network. Start the server with --public-url and its public address.
directories-https = The address begins with https.
directories-not-https = The address must begin with https. Put a server that speaks TLS in front, and name the https address with --public-url.
directories-moved = The settings say that the feed has moved. Submit its new address, or clear that setting.
directories-blocked = The settings say that no directory may list the show.
directories-blocked-some = The settings say that the show must not be listed here.
directories-cover = The cover is a square JPEG of { $px } pixels.
directories-cover-drawn = The cover was drawn from the title. It will be taken, but one of your own is easier to notice.
directories-no-cover = The cover must have 1400 to 3000 pixels a side. Please upload it again.
directories-description = There is a description of the right length.
directories-description-long = The description can have 4,000 bytes at most.
directories-basics = Title, category, language and the mark for explicit content are there.
directories-author = The author is named.
directories-no-author = The author is not named. Directories show the name below the title.
directories-email = The feed tells an e-mail address.
directories-no-email = The feed has no e-mail address of the owner. Directories send a code to it, so enter one at least while you submit the show.
directories-episode = A post with a recording is public.
directories-no-episode = At least one post with a recording must be public.
directories-kinds = All recordings are MP3 or M4A, which play everywhere.
directories-odd = { $count ->
    [one] One episode is neither MP3 nor M4A. Where its format is not taken, the whole feed may be refused: please upload it as MP3 or M4A.
   *[other] { $count } episodes are neither MP3 nor M4A. Where their format is not taken, the whole feed may be refused: please upload them as MP3 or M4A.
}
directories-ranges = The server answers HEAD requests and requests for parts of recordings.
