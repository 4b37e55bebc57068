# 명령줄에서 글을 올리는 daebon publish.
publish-unreadable = 읽을 수 없습니다: { $why }
publish-front-matter = 글머리 정보를 읽을 수 없습니다: { $why }
publish-no-script = { $folder } 폴더에 글이 없습니다. .md 파일이 하나 있어야 합니다.
publish-many-scripts = { $folder } 폴더에 글이 여럿 있습니다. 올릴 파일을 적어 주세요.
publish-when = publish에는 now, draft, unlisted, 또는 2026-12-01T07:00:00+09:00 같은 시각을 적어 주세요: { $when }
publish-server = 서버 주소는 https://example.org처럼 적어 주세요: { $address }
publish-silent = { $address } 서버가 대답하지 않습니다.
publish-token = 토큰이 맞지 않거나 기간이 지났습니다. 계정 화면에서 새로 만들어 주세요.
publish-refused = 서버가 받지 않았습니다: { $why }
publish-no-show = 이 토큰으로 올릴 수 있는 채널이 없습니다.
publish-which-show = 채널이 여럿입니다. 글머리 정보에 show를 적어 주세요: { $shows }
publish-removed = 이 글({ $id })은 휴지통에 있습니다. 되살린 뒤에 다시 해 주세요.
publish-sending = { $name } 보내는 중
publish-other-title = 이 이름으로 올린 글이 이미 공개되어 있는데 제목이 다릅니다: { $title }. 그 글을 고치려면 --replace를 붙이고, 새 글이면 글머리 정보에 slug를 적어 주세요.
publish-already-public = 이미 공개된 글은 시각을 정해 고칠 수 없습니다. publish를 now로 하거나 지워 주세요.
