# 문장마다 읽는 때를 손으로 맞추는 화면

mending-back = 글 편집으로
mending-heading = 문장 시각 다듬기
mending-link = 문장 시각 다듬기
mending-audio = 녹음 듣기
mending-differs = 여기 문장은 { $revision }판의 것이에요. 그 뒤에 고친 글은 저장해서 새 판이 되면 여기에도 나타나고, 그대로인 문장의 시각은 이어져요.
mending-no-revision = 아직 저장한 판이 없어요. 글 편집에서 저장을 누르면 문장이 여기 나타나요.
mending-no-recording = 아직 녹음이 없어요. 글 편집에서 녹음을 올리고 저장하면 여기에서 시각을 다듬을 수 있어요.
mending-no-sentences = 대본이 비어 있어서 다듬을 문장이 없어요.

mending-sound = 녹음
mending-whole = 녹음 전체. 누르면 그곳으로 가요.
mending-detail = 지금 듣는 곳의 소리와 문장. 문장 끝을 끌어 옮길 수 있고, 같은 일을 목록과 글쇠로도 할 수 있어요.
mending-play = 재생
mending-pause = 멈춤
mending-skip = 앞뒤로 가기
mending-back-3 = 3초 뒤로
mending-forward-3 = 3초 앞으로
mending-tap = 지금 시작
mending-speed = 속도
mending-zoom = 크게 보기
mending-zoom-in = 더 자세히
mending-zoom-out = 더 넓게
mending-hearing = 아직 녹음을 듣는 중이라 소리 모양이 보이지 않아요. 시각은 지금도 다듬을 수 있어요.
mending-unheard = 소리 모양은 글 편집에서 ‘대본 맞추기’를 한 번 하면 나타나요. 시각은 지금도 다듬을 수 있어요.
mending-broken = 이 브라우저에서 녹음을 재생할 수 없어요. 녹음 파일이 제자리에 있는지 확인해 주세요.

mending-sentences = 문장
mending-sentence = 문장
mending-follow = 듣는 곳 따라가기
mending-start = 시작
mending-end = 끝
mending-origin = 출처
mending-origin-measured = 자동으로 맞춤
mending-origin-imported = 가져옴
mending-origin-inferred = 어림
mending-origin-hand = 손으로 맞춤
mending-origin-silent = 읽지 않음
mending-origin-unknown = 시각 없음

mending-split-hint = 뒤 문장이 시작할 낱말을 누르세요. 재생 위치가 이 문장 안에 있으면 그때를 경계로 삼아요.
mending-start-earlier = 시작을 0.1초 앞당기기
mending-start-later = 시작을 0.1초 늦추기
mending-start-here = 시작을 재생 위치로 (S)
mending-end-earlier = 끝을 0.1초 앞당기기
mending-end-later = 끝을 0.1초 늦추기
mending-end-here = 끝을 재생 위치로 (E)
mending-from = 여기부터
mending-only = 이 문장만
mending-split = 나누기
mending-join = 다음과 잇기
mending-not-spoken = 읽지 않음
mending-free = 자동에 맡기기
mending-fix = 이대로 고정
mending-realign = 고정한 곳 사이 다시 맞추기
mending-progress = 진행
mending-ask = 모든 문장을 다시 맞출까요?
mending-ask-text = 손으로 고정한 문장이 없어서 문장 %count개를 모두 녹음에서 다시 찾아요. 다 찾을 때까지 지금 시각이 그대로 있고, 찾은 시각으로 한꺼번에 바뀌어요. 되돌리기로 돌아올 수 있어요.
mending-ask-yes = 모두 다시 맞추기
mending-ask-no = 그대로 두기

mending-state = 저장과 되돌리기
mending-close = 닫기
mending-undo = 되돌리기
mending-redo = 다시 하기
mending-hand = 손으로 맞춤
mending-next-unsure = 다음 확인할 곳

mending-keys = 글쇠
mending-keys-on = 글쇠 쓰기
mending-key-toggle = 재생 / 멈춤
mending-key-tap = 다음 문장이 지금 시작
mending-key-from = 고른 문장부터 듣기
mending-key-only = 고른 문장만 듣기
mending-key-move = 앞 문장 / 다음 문장
mending-key-here = 지금 들리는 문장 고르기
mending-key-skip = 3초 뒤로 / 앞으로 (Shift: 15초)
mending-key-start = 시작을 0.1초 앞 / 뒤로 (Shift: 0.01초)
mending-key-end = 끝을 0.1초 앞 / 뒤로 (Shift: 0.01초)
mending-key-set = 시작 / 끝을 재생 위치로
mending-key-split = 나누기
mending-key-join = 다음 문장과 잇기
mending-key-silent = 읽지 않음 표시 / 풀기
mending-key-fix = 이대로 고정 / 자동에 맡기기
mending-key-realign = 고정한 곳 사이 다시 맞추기
mending-key-unsure = 다음 확인할 문장 (Shift: 앞)
mending-key-speed = 느리게 / 빠르게
mending-key-zoom = 더 자세히 (Shift: 더 넓게)
mending-key-undo = 되돌리기 / 다시 하기
mending-reaction = 듣고 누르기까지 걸리는 시간을 헤아려, 누른 때보다 0.12초 앞(속도에 비례)을 시작으로 적어요.

mending-plain-hint = 시각은 1:02.5처럼 분과 초로 적어 주세요. 고친 줄만 손으로 맞춘 것이 되고, 기계가 다시 옮기지 않아요.
mending-anew = 저장하고 모든 문장 다시 맞추기
mending-anew-hint = 다시 맞추면 손으로 맞춘 것을 뺀 모든 문장을 녹음에서 다시 찾아요. 다 찾을 때까지 지금 시각이 그대로 있어요.
mending-earlier = 앞 문장들
mending-later = 다음 문장들

mending-work-waiting = 대본을 녹음에 맞추려고 기다리는 중
mending-work-running = 대본을 녹음에 맞추는 중 ({ $percent }%)
mending-work-cancelled = 대본 맞추기를 그만두었어요.
mending-work-failed = 대본을 맞추지 못했어요.

mending-error-order = 끝이 시작보다 앞설 수 없습니다.
mending-error-length = 시각은 녹음의 길이({ $length })를 넘을 수 없습니다.
mending-error-time = 시각은 1:02.5처럼 분과 초로, 시작과 끝을 함께 적어 주세요.
mending-error-text = 그사이 대본의 문장이 바뀌었습니다. 페이지를 다시 불러와 주세요.
mending-error-fixed = 고정한 두 곳 사이에 다시 맞출 문장이 없습니다.

## 자바스크립트가 쓰는 문장. %로 시작하는 낱말은 값으로 바뀌어요.

mending-js-ready = 바뀌는 대로 저장돼요
mending-js-fetched = 새로 바뀐 시각을 불러왔어요
mending-js-kept = 이 브라우저에 남아 있던 변경 %count개를 저장하는 중이에요.
mending-js-retry = 연결이 끊겨 저장하지 못했어요. %seconds초 뒤에 다시 해 볼게요. 고친 시각은 이 브라우저에 남아 있어요.
mending-js-login = 로그인이 풀려 저장하지 못했어요. 고친 시각은 이 브라우저에 남아 있어요.
mending-js-merged = 그사이 다른 곳에서 바뀐 시각을 불러왔고, 여기에서 고친 문장은 그대로 두었어요.
mending-js-merged-lost = 그사이 대본이 바뀌어, 여기에서 고친 문장 가운데 %count개는 이제 없어요.
mending-js-aligning = 고정한 곳 사이를 다시 맞추는 중이에요. 다 찾을 때까지 지금 시각이 그대로 있어요.
mending-js-nothing-between = 고정한 두 곳 사이에 다시 맞출 문장이 없어요.
mending-js-last = 마지막 문장이에요.
mending-js-all-sure = 확인할 문장이 없어요.
mending-js-play-from = %time부터 듣기
mending-js-play-never = 시각이 없어 들을 수 없음
mending-js-play-gap = %time의 대본에 없는 말 듣기
mending-js-gap = 대본에 없는 말 %seconds초
mending-js-unsure = 확인 필요, %percent%
mending-js-place = 문장 %n / %count
mending-js-seconds = %seconds초
