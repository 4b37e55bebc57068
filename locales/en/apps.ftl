# Podcast apps: their names, and links to subscribe by.

app-apple = Apple Podcasts
app-spotify = Spotify
app-youtube = YouTube Music
app-pocket-casts = Pocket Casts
app-overcast = Overcast
app-antennapod = AntennaPod


admin-show-apps = Links to subscribe by
admin-hint-apps = Paste the addresses that the show has in apps and directories: its pages and posts then have buttons for them. The button for AntennaPod comes from the feed’s address by itself.
admin-hint-app-opened = Left empty, the button opens the feed where the app is installed.

error-show-app = Enter the address of this show, which begins with https://{ $host }/.
