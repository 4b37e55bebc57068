## A second format

post-alternate = Add another format
post-alternate-hint = The same recording in a second format lets apps choose: a small Opus file beside the MP3, for example.
post-alternate-drop = Drop the same recording in another format here, or choose one
post-alternate-replace = Replace this file
post-alternate-remove = Remove this format
error-alternate-alone = Upload the recording first, then add another format of it.
error-alternate-kind = This file has the same format as the recording ({ $kind }). Please choose one in another format.
error-alternate-length = The lengths differ: the recording is { $first } long, this file { $second }. Please choose a file of the same recording.

## Who took part

post-people-hint = For those who are in this piece only. Once you name anybody here, this list replaces the show’s.

## Soundbites

post-soundbites = Soundbites
post-soundbites-hint = Passages that apps may play as a taste: 15 seconds to 2 minutes. Write times as 12:34 or in seconds.
post-soundbite-n = Soundbite { $count }
post-soundbite-start = Start
post-soundbite-length = Length
post-soundbite-title = Title
post-soundbite-more = Add a soundbite

## Conversations, place, licence

post-more = Conversations, place, licence
post-social = Conversations
post-social-hint = Give the address of a post about this piece, and apps show the replies to it as comments.
post-location-hint = What this piece is about, not where it was recorded.
post-license-hint = Only if it differs from the show’s.

## Details

post-label-season-name = Season name
post-hint-season-name = Shown with its number: Winter special
post-label-episode-display = Number as shown
post-hint-episode-display = Shown instead of the digits: 7a
post-hint-cover-alt = Tells those who can’t see this post’s cover what it shows.
post-label-block = Keep out of Apple Podcasts
post-hint-block = It can still be heard in other apps.

## To be mended before publishing

error-people-many = There can be { $most } people at most.
error-soundbites-many = There can be { $most } soundbites at most.
error-social-many = There can be { $most } conversations at most.
error-person-name = One of the people has no name.
error-soundbite-time = Write start and length as 12:34 or in seconds.
error-soundbite-length = A soundbite lasts 15 seconds to 2 minutes.
error-soundbite-end = A soundbite ends at { $end }, but the recording at { $length }.
error-social-protocol = Choose the service of each conversation.
error-social-link = This post’s address can’t be opened: { $link }. Write an address that begins with https://.
error-detail-link = This address can’t be used: { $link }. Write one that begins with https://.
error-license-other = A licence that is not in the list needs a name and the address of its text.
error-location-name = Give the place a name.
