# What is wrong with what was entered or asked for: the fault and the way out, in one sentence.
error-required = This can’t be empty.
error-too-long = Use at most { $max } characters.
error-control-characters = The text contains invisible control characters. Remove them and save again.
error-slug = A post address takes letters, digits and hyphens, up to 80 characters.
error-language = Enter a language tag such as ko or en-US.
error-time-zone = Enter a time zone such as Asia/Seoul.
error-instant = This isn’t a date and time that can be read.
error-public-url = Enter the site’s address without a path, like https://example.org.
error-network = Enter a network such as 10.0.0.0/8.
error-email = This isn’t a valid email address.
error-password-short = Use a password of at least { $least } characters.
error-password-long = This password is too long.
error-category = Choose a category from the list.
error-show-address = An address takes lower-case letters, digits and hyphens, up to 40 characters.
error-show-address-taken = This address is already in use. Choose another one.
error-setup-done = This site is already set up. Please log in.
error-form-broken = The form didn’t arrive in one piece. Please send it again.
error-content-type = Requests of this type aren’t accepted.
error-cross-site = The request came from another site, or the page was out of date. Reload it and try again.

error-page-home = Go to the home page
error-page-400-title = Bad request
error-page-400-text = The request couldn’t be understood. Check the address or what you entered.
error-page-401-title = Please log in
error-page-401-text = Log in to see this page.
error-page-403-title = Not allowed
error-page-403-text = You don’t have permission to do this.
error-page-404-title = Page not found
error-page-404-text = The address may have changed, or the post may have been taken down. Check the address.
error-page-405-title = Method not allowed
error-page-405-text = This address doesn’t take that kind of request.
error-page-409-title = Something changed first
error-page-409-text = This was changed elsewhere in the meantime. Reload, look it over, then save again.
error-page-413-title = Too large
error-page-413-text = The limit is { $limit }.
error-page-415-title = Format not supported
error-page-415-text = This type of file or request isn’t supported.
error-page-421-title = Not this site’s address
error-page-421-text = The server isn’t set up to answer at this address. If you run it, set the site’s address with --public-url.
error-page-422-title = Something needs correcting
error-page-422-text = Check what you entered and send it again.
error-page-429-title = Too many requests
error-page-429-text =
    { $count ->
        [one] Try again in a second.
       *[other] Try again in { $count } seconds.
    }
error-page-500-title = Something went wrong on the server
error-page-500-text = The request couldn’t be completed. Please try again later.
error-page-503-title = Busy for a moment
error-page-503-text = The server can’t take more requests right now. Please try again shortly.
error-page-507-title = Not enough storage
error-page-507-text = This needs { $needed } MB, but only { $free } MB are free. Make some room and try again.

error-host = The request names no host, or several. Open the address again in the browser.
error-login = E-mail address or password is wrong.
error-old-password = This is not your present password.
error-post-state = That cannot be done in the state the post is in. Reload the page to see it.
error-saved-elsewhere = It was saved somewhere else first. What stands here is not saved yet: see how the two differ, and choose.
error-sentence-split = The sentence cannot be split there. Choose a place with words on both sides.
error-sentence-join = No sentence of the same paragraph follows this one, so there is nothing to join it with.
error-slug-taken = Another post has or had this address.
error-schedule-past = That moment has passed. Choose one to come.
error-number = Write a number from 1 up.
error-references-many = There can be { $most } references at most.
error-title-required = It needs a title to become public.
error-reference-link = This link cannot be opened: { $link }. Write an address that begins with https://.
error-reference-empty = A reference has neither a title nor an address.
error-timed-elsewhere = The times were changed in another place meanwhile. Load the page again.
error-align-no-recording = There is no recording to align the script with.
error-align-no-script = There is no script to align the recording with.

error-json = The body is no JSON object that can be read (line { $line }, column { $column }).
error-json-unknown = There is no member { $member } here.
error-json-missing = The member { $member } is missing.
error-json-choice = The member { $member } is one of: { $words }.
error-json-value = The value of the member { $member } is not of the type or in the range that is taken here.
error-api-token = This address needs an API token: there is none, or it has ended, or it was revoked.
error-api-not-found = There is nothing here. Check the address and the id.
error-api-query = The query of the address is not understood.
error-api-key = Idempotency-Key is 16 to 64 letters and digits.
error-api-saved = The working copy was saved meanwhile and is at version { $version } now.
error-api-timed = The times were changed meanwhile and are at version { $version } now.
error-api-state = This cannot be done with a post in the state { $state }.
error-api-show = There is no show with the address { $address }.
error-api-owner = A token makes no owners, and neither changes nor removes one. Do that in the browser.
error-scope = This token may not do that. Make another one on the account page.
