### The rarer settings of a show.

admin-show-more = More settings
admin-show-unset = Not set
admin-show-none = None

## Names of the groups

admin-show-people = People
admin-show-funding = Support links
admin-show-rhythm = Order and frequency
admin-show-categories = More categories
admin-show-around = Place, conversation, recommended shows
admin-show-location = Place
admin-show-social = Conversation
admin-show-podroll = Recommended shows
admin-show-directories = Directories and ownership
admin-show-txt = Verification codes
admin-show-feed = Feed

## The line of a closed group

admin-show-said-complete = Finished
admin-show-said-social = { $count ->
    [one] 1 conversation
   *[other] { $count } conversations
}
admin-show-said-podroll = { $count ->
    [one] 1 recommendation
   *[other] { $count } recommendations
}
admin-show-said-locked = Locked
admin-show-said-txt = { $count ->
    [one] 1 code
   *[other] { $count } codes
}
admin-show-said-block = Kept out of directories
admin-show-said-services = { $count ->
    [one] 1 service excluded
   *[other] { $count } services excluded
}
admin-show-said-moved = Moved away

## About and categories

admin-label-cover-alt = Description of the cover
admin-hint-cover-alt = Say in a line what the cover shows; it is read to people who cannot see it.
admin-label-category2 = Second category
admin-label-category3 = Third category
admin-hint-categories = Apple Podcasts reads only the first category; other apps list the show under these too.

## People

admin-hint-people = Apps show the names and pictures of people who are always there, such as the host. A post that names its own people shows only those.
admin-person-n = Person { $count }
admin-person-name = Name
admin-person-role = Role
admin-person-href = Page
admin-person-img = Picture address
admin-person-more = Add a person

## Support

admin-hint-funding = Apps show these as a support button. Put the most important link first.
admin-funding-n = Support link { $count }
admin-funding-label = Text of the button
admin-funding-url = Address
admin-funding-more = Add a link

## Rights

admin-hint-author-name = Left empty, the name of your account is used.
admin-label-license = Licence
admin-hint-license = Tells others how they may use the texts and recordings of this show.
admin-label-license-name = Name of the licence
admin-label-license-url = Address of its text
admin-license-none = Not stated
admin-license-arr = All rights reserved
admin-license-cc0 = No rights reserved (CC0)
admin-license-cc-by = Free with attribution (CC BY)
admin-license-cc-by-sa = Attribution, same terms (CC BY-SA)
admin-license-cc-by-nd = Attribution, no changes (CC BY-ND)
admin-license-cc-by-nc = Attribution, not for profit (CC BY-NC)
admin-license-cc-by-nc-sa = Attribution, not for profit, same terms (CC BY-NC-SA)
admin-license-cc-by-nc-nd = Attribution, not for profit, no changes (CC BY-NC-ND)
admin-license-other = Another licence…

## Frequency

admin-label-frequency = How often something new comes
admin-hint-frequency = Tells listeners when to expect the next post.
admin-frequency-unknown = Not stated
admin-frequency-daily = Every day
admin-frequency-weekdays = Every weekday
admin-frequency-weekly = Every week
admin-frequency-biweekly = Every two weeks
admin-frequency-monthly = Every month
admin-label-complete = Finished (nothing more will come)
admin-hint-complete = Some apps stop looking for new posts, so choose this only when the show is really over.

## Place

admin-hint-location = Where this show is made. Apps use it to find shows by region.
admin-label-location-name = Name
admin-hint-location-name = For example: Jongno, Seoul
admin-label-location-country = Country
admin-hint-location-country = Its two-letter code, such as KR
admin-label-location-geo = Coordinates
admin-hint-location-geo = Latitude and longitude, such as 37.57, 126.98
admin-label-location-osm = OpenStreetMap number
admin-hint-location-osm = For example: R2297418

## Conversation

admin-hint-social = Give the address of a post on a social network that is about this show, and apps show the comments below it.
admin-social-n = Conversation { $count }
admin-social-protocol = Network
admin-social-uri = Address of the post
admin-social-account = Account that posted it
admin-social-disabled = No comments wanted
admin-social-more = Add a conversation

## Recommended shows

admin-hint-podroll = Other shows that your listeners may like. Look a show up at podcastindex.org to find its GUID.
admin-podroll-n = Recommended show { $count }
admin-podroll-title = Name
admin-podroll-guid = GUID
admin-podroll-url = Feed address
admin-podroll-more = Add a show

## Directories

admin-hint-txt = Paste the code that a directory gave you to check that the show is yours. It stands in the feed, where anybody can read it.
admin-txt-n = Code { $count }
admin-txt-purpose = Purpose
admin-txt-apple = Check by Apple Podcasts
admin-txt-verify = Check by another directory
admin-txt-other = Something else
admin-txt-purpose-other = Word that says the purpose
admin-txt-value = Code
admin-txt-more = Add a code
admin-label-ai = Use of AI
admin-hint-ai = Choose Yes if AI made part of the voice or the text. It stands in the feed, so that apps can tell.
admin-ai-unsaid = Not stated
admin-label-block = Keep out of directories
admin-hint-block = Apple Podcasts and other apps leave the show out of lists and search. Whoever knows the feed’s address can still listen.
admin-label-services = Keep out of these services only
admin-hint-services = This is a request, and not every service honours it.

## Feed

admin-label-feed-text = Text to read in apps
admin-feed-text-notes = Note and references
admin-feed-text-full = The whole script too
admin-hint-feed-text = With the script, people can read everything in their app, and the feed grows accordingly.
admin-label-feed-pages = Split the feed
admin-feed-whole = Not split
admin-feed-pages = { $count } episodes a page
admin-hint-feed-pages = Most apps read only the first page, so older episodes would not show in them. Split only a feed that has grown too large with thousands of episodes.
admin-label-prefix = Measuring service before recordings
admin-hint-prefix = Best left empty. With the address of a service such as OP3 (https://op3.dev/e/), apps go through that service for every recording: it learns who listens to what and when, and if it stops, your recordings do not open either.
admin-prefix-example = Where an app would look for a recording:
admin-label-moved = Address of the feed after a move
admin-hint-moved = Only for a show that has moved elsewhere. Every app that asks for this feed is sent to the new address (301) and told to subscribe there. Leave it for some weeks, until all have moved.

## Roles

admin-role-none = Not stated
admin-role-group-cast = Cast
admin-role-group-writing = Writing
admin-role-group-direction = Creative direction
admin-role-group-production = Audio production
admin-role-group-post-production = Audio post-production
admin-role-group-administration = Administration
admin-role-group-visuals = Visuals
admin-role-group-community = Community
admin-role-group-video = Video production
admin-role-group-video-post = Video post-production
admin-role-group-misc = Other
admin-role-host = Host
admin-role-co-host = Co-host
admin-role-guest-host = Guest host
admin-role-guest = Guest
admin-role-voice-actor = Voice actor
admin-role-narrator = Narrator
admin-role-announcer = Announcer
admin-role-reporter = Reporter
admin-role-author = Author
admin-role-writer = Writer
admin-role-co-writer = Co-writer
admin-role-guest-writer = Guest writer
admin-role-managing-editor = Managing editor
admin-role-researcher = Researcher
admin-role-editor = Editor
admin-role-fact-checker = Fact checker
admin-role-translator = Translator
admin-role-transcriber = Transcriber
admin-role-director = Director
admin-role-executive-producer = Executive producer
admin-role-producer = Producer
admin-role-technical-director = Technical director
admin-role-audio-engineer = Audio engineer
admin-role-audio-editor = Audio editor
admin-role-sound-designer = Sound designer
admin-role-composer = Composer
admin-role-theme-music = Theme music
admin-role-graphic-designer = Graphic designer
admin-role-cover-art-designer = Cover art designer
admin-role-consultant = Consultant

## Faults

error-show-link = Enter an address that starts with https://.
error-show-prefix = Enter an address that starts with https:// and ends with /.
error-show-geo = Enter latitude and longitude, such as 37.57, 126.98.
error-show-osm = Enter N, W or R and a number, such as R2297418.
error-show-country = Enter the two-letter code of the country, such as KR.
error-show-guid = A GUID looks like 917393e3-1b1e-5cef-ace4-edaa54e1f810.
error-show-choice = Choose from the list.
error-show-category-twice = This category is chosen already. Choose another.
error-show-rows-many = There can be at most { $most }.
error-show-row = Check number { $row }.
error-show-txt-ai = This word is taken: say it under “Use of AI”.
error-show-moved-here = This is the address that the feed has now. Enter the address that it moved to.
