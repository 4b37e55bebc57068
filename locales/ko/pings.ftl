# 글이 바뀌었다고 밖에 알리는 일.
pings-heading = 새 글 알리기
pings-websub-purpose = 허브를 구독하는 앱과 피드 리더가 새 글을 바로 알게 돼요.
pings-podping-purpose = 팟캐스트 앱들이 새 에피소드를 바로 알게 돼요.
pings-websub-off = 꺼져 있어요. 서버를 시작할 때 --websub-hub에 허브 주소를 적으면 켜져요.
pings-podping-off = 꺼져 있어요. podping.cloud에서 받은 토큰을 파일에 적고, 서버를 시작할 때 --podping-token-file로 그 파일을 알려 주면 켜져요.
pings-never = 아직 알릴 일이 없었어요.
pings-told = { $when }에 잘 알렸어요(응답 { $status }).
pings-refused = { $when }에 알리지 못했어요. 상대 서버가 받아 주지 않았어요(응답 { $status }).
pings-unreachable = { $when }에 알리지 못했어요. 상대 서버에 연결되지 않아요.
pings-not-public = 사이트에 공개 주소가 없어서 알리지 않았어요. 서버를 시작할 때 --public-url에 주소를 적으면 다음 글부터 알려요.
pings-next = { $when }에 다시 시도해요.
pings-next-soon = 곧 다시 시도해요.
pings-given-up = 사흘 동안 되지 않아 그만두었어요. 다음에 글이 바뀌면 다시 알려요.
pings-websub-job = WebSub 허브에 알리기
pings-podping-job = Podping으로 알리기
