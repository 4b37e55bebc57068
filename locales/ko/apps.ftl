# 팟캐스트 앱: 이름과 구독 링크.

app-apple = Apple 팟캐스트
app-spotify = Spotify
app-youtube = YouTube Music
app-pocket-casts = Pocket Casts
app-overcast = Overcast
app-antennapod = AntennaPod


admin-show-apps = 앱 구독 링크
admin-hint-apps = 앱이나 디렉터리에 있는 이 채널의 주소를 붙여 넣으면 채널과 글에 구독 버튼으로 보여요. AntennaPod 버튼은 피드 주소로 저절로 생겨요.
admin-hint-app-opened = 비워 두면 앱이 깔린 기기에서 피드를 바로 여는 버튼을 보여요.

error-show-app = https://{ $host }/로 시작하는 이 채널의 주소를 적어 주세요.
