account-login = Log in
account-login-forgot = If you forgot the password, set a new one on the server with:
account-setup = Set up
account-setup-lead = Tell who writes and what the first show is called, and you can begin. Everything here can be changed later.
account-setup-you = You
account-setup-show = Your show
account-setup-go = Create the show
account-setup-later = You will go on to your list of posts. This address will not open again.
account-hint-name = The name your readers see.
account-hint-email = You log in with it. It is not published.
account-hint-password = At least 12 characters. A short sentence is safe and easy to remember.
account-hint-cover = JPEG, PNG or WebP, 1400 to 10,000 pixels a side; 3000 is best. A picture that is not square is cropped to its centre. Without one, a cover is drawn from the title.
account-hint-display-name = What colleagues see in the log, and what a new show is signed with.
account-title = Account
account-email = E-mail
account-email-go = Change e-mail
account-password = Password
account-password-again = Current password
account-old-password = Current password
account-new-password = New password
account-password-ends = Changing the password logs out every other device.
account-password-tokens = API tokens go on: revoke them too if you think that somebody knew the password.
account-password-go = Change password
account-language = Interface language
account-language-label = Language of these pages
account-language-browser = As the browser prefers
account-sessions = Where you are logged in
account-session-this = This device
account-session-seen = Last seen: { $when }
account-sessions-end = Log out all other devices
account-logout = Log out

second-title = Two-step login
second-lead = Besides your password you are asked for a six-digit code of an authenticator app. Whoever learns your password cannot come in with it alone.
second-is-on = Two-step login is on.
second-is-off = Two-step login is off.
second-on = Turn on two-step login
second-off = Turn off
second-manage = Manage two-step login
second-scan = 1. Add it to your app
second-scan-hint = Scan this QR code with the authenticator app on your phone.
second-qr = QR code for the authenticator app
second-by-hand = If you cannot scan it, type this key:
second-open-app = Open in an app on this device
second-prove = 2. Confirm
second-code = Code
second-code-six = The six digits that the app shows.
second-code-hint = The six digits of your app, or a recovery code.
second-code-title = Enter your code
second-codes = Recovery codes
second-codes-lead = They stand in for the code when you have lost your phone. Each one works once. Write them down or print them and keep them safe. You will not see them again after leaving this page.
second-codes-kept = I have kept them
second-codes-new = New recovery codes
second-codes-left = { $count ->
    [one] One recovery code is left.
   *[other] { $count } recovery codes are left.
}
second-back = Back to the account
error-second-code = This code is wrong or was used already. Enter the newest one of your app.
error-login-again = That took too long, or there were too many wrong codes. Please log in again.

token-title = API tokens
token-lead = Other programs, and the command daebon publish, post to this site with a token instead of your password.
token-manage = Manage API tokens
token-all = Your tokens
token-new = New token
token-new-hint = Copy it now. You will not see it again after leaving this page.
token-make = Make a token
token-make-go = Make the token
token-name = What is it for
token-name-hint = A name to know it by in the list.
token-scopes = What it may do
token-scope-read = Look at everything that you can see
token-scope-write = Write drafts and send recordings
token-scope-publish = Publish and take down
token-scope-manage = Your own account; for owners, also settings of shows and people
token-lifetime = Good for
token-days = { $count } days
token-left = { $count ->
    [one] One day left
   *[other] { $count } days left
}
token-unused = Not used yet
token-revoke = Take back
error-token-scopes = Choose at least one thing that it may do.
error-token-many = You can have { $most } tokens. Take back those that you do not use and try again.
