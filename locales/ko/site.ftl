# 독자가 보는 화면의 말.
site-skip = 본문으로 건너뛰기
site-language = 화면 언어

site-date = { $year }년 { $month }월 { $day }일
site-date-time = { $year }년 { $month }월 { $day }일 { $time }
site-hours = { $count }시간
site-minutes = { $count }분
site-seconds = { $count }초
site-reading-time = 읽는 데 { $count }분

site-card-alt = { $show }의 글 「{ $title }」 미리보기 그림
site-audio = 오디오
site-text = 글
site-episode = { $number }화
site-season-episode = 시즌 { $season } { $number }화
site-updated = { $date } 고침
site-posts = 글 목록
site-empty-title = 아직 올라온 글이 없습니다
site-empty-text = 첫 글이 올라오면 여기에 보입니다. 피드를 구독해 두면 소식을 바로 받을 수 있습니다.
site-shows = 채널
site-shows-empty = 아직 공개된 것이 없습니다

site-paging = 페이지 이동
site-paging-newer = 새 글
site-paging-older = 지난 글
site-paging-of = { $total }쪽 중 { $page }쪽

site-subscribe = 구독
site-feed-podcast = 팟캐스트 피드
site-feed-podcast-hint = 듣는 앱에 이 주소를 넣어 주세요.
site-feed-posts = 글 피드
site-feed-posts-hint = 오디오와 글을 모두 RSS로 받습니다.
site-copy = 주소 복사
site-copy-name = { $name } 주소 복사
site-copied = 복사했습니다
site-copy-failed = 복사하지 못했습니다

site-listen = 듣기
site-listen-title = ‘{ $title }’ 듣기
site-download = 내려받기
site-note = 독자에게
site-script = 대본
site-body = 본문
site-references = 참고한 자료
site-more = 다른 글
site-previous = 이전 글
site-next = 다음 글
site-about = 이 글에 대하여
site-permalink = 고유 주소
site-transcript = 대본 내려받기
site-transcript-text = 텍스트
site-transcript-html = HTML
site-all-posts = 글 모두 보기

site-sentence-link = 이 문장의 주소
site-gap = 대본에 없는 말 { $length }
site-quote = 인용한 대목
site-stretch = 들을 대목
site-quote-title = “{ $words }” · { $title }
site-quote-place = 본문에서 이 대목 보기
site-quote-whole = 글 전체 보기
site-reference-note = 참고한 자료 { $number }
site-reference-back = 본문에서 { $number }번이 달린 곳
site-chapters = 차례
site-chapter = { $number }장
site-legend-sample = 문장
site-heard-about = 들리는 때를 어림한 문장
site-heard-never = 글에만 있고 소리에는 없는 문장
site-related = 함께 볼 글

site-ago-now = 방금
site-ago-minutes = { $count }분 전
site-ago-hours = { $count }시간 전
site-ago-days = { $count }일 전
site-preview-note = 공개 전 미리 보기입니다. 공개된 글과 다를 수 있고, 이 주소는 얼마 뒤 열리지 않습니다.
