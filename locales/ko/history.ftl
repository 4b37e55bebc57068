# 판의 기록, 두 판 비교, 독자에게 알리는 고침.
history-title = 판 기록
history-versions = 모든 판
history-all = 모든 판 보기와 비교
history-to-editor = 글 편집으로
history-none = 아직 저장한 판이 없어요. 저장하거나 공개하면 여기에 쌓여요.
history-from = 예전 판
history-to = 나중 판
history-compare = 비교하기
history-now = 지금 쓰는 글
history-now-kind = 마지막 저장
history-first = 첫 판
history-size = 낱말 +{ $added } −{ $removed }
history-size-none = 바뀐 것 없음
history-size-other = 낱말은 그대로
history-with-before = 앞 판과 비교
history-with-now = 지금 글과 비교
history-noted = 고침을 알림
history-kept = 공개했던 판은 모두, 저장만 한 판은 최근 50개까지 남겨 둬요.
history-newer = 더 새로운 판
history-older = 더 오래된 판
history-compare-title = 두 판 비교
history-nothing = 두 판이 똑같아요.
history-legend-gone = 빠진
history-legend-new = 들어온
history-legend-word = 말
history-unchanged = 그대로인 문단 { $count }개
history-moved = 자리를 옮긴 문단
history-spacing = 문단 사이 빈 줄이 바뀜
history-own-cover = 따로 올린 표지 ({ $name })
history-tied = 대본 문장 “{ $passage }”
history-alternate = 다른 형식의 녹음

history-tell = 고친 것을 독자에게 알리기
history-tell-hint = 공개된 글 아래에 고친 날짜와 바뀐 문장이 보여요.
history-remark = 덧붙일 말
history-remark-hint = 왜 고쳤는지 적어 주세요. 비워 두어도 돼요.
history-told = 독자에게 알린 고침
history-told-hint = 공개된 글 아래에 보이는 알림이에요.
history-changes = 바뀐 곳 { $count }군데
history-remark-save = 덧붙인 말 바꾸기
history-drop = 이 알림 지우기
history-tell-afterwards = 이 차이를 고침으로 알리기
history-tell-replaces = 나중 판에 이미 붙은 알림이 있어요. 알리면 그 알림 대신 들어가요.
history-tell-publish = 독자에게 알리기

error-correction-empty = 바뀐 말이 없습니다. 알릴 말을 적거나, 알리지 않고 공개해 주세요.
error-correction-versions = 공개했던 두 판을 먼저 것부터 골라 주세요.

## 독자가 보는 화면

site-corrections = 고친 내용
site-corrected-on = { $date } 고침
site-correction-changes = 무엇이 바뀌었나
site-change-title = 제목
site-change-note = 독자에게
site-change-reference = 참고한 자료
site-change-moved = 자리를 옮김
