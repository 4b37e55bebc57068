## 대본과 소리

timing-panel = 대본과 소리
timing-need-recording = 녹음을 올리면 대본의 문장마다 언제 말하는지 찾을 수 있어요.
timing-need-script = 대본을 쓰거나 자막 파일을 가져오면 녹음과 맞출 수 있어요.
timing-never = 아직 대본과 녹음을 맞추지 않았어요.
timing-work-waiting = 차례를 기다리고 있어요.
timing-work-aligning = 대본과 녹음을 맞추고 있어요.
timing-work-transcribing = 녹음을 받아쓰고 있어요.
timing-work-cancelled = 맞추기를 멈췄어요.
timing-work-failed = 끝까지 하지 못했어요.
timing-work-failed-why = 끝까지 하지 못했어요. { $why }
timing-work-retried = 아직 하지 못했어요. { $when }
timing-work-retried-why = 아직 하지 못했어요. { $why } { $when }
timing-work-aligned = 녹음에서 대본의 문장을 찾아보았어요.
align-found = 찾던 문장 { $sought }개 가운데 { $found }개를 녹음에서 찾았어요.
align-found-none = 녹음에서 대본의 문장을 찾지 못했어요. 앞서 있던 시각은 그대로예요.
align-all-known = 모든 문장의 시각이 이미 있어서 새로 찾을 문장이 없었어요.
timing-work-transcribed = 녹음을 다 받아썼어요.
timing-reload = 새로 고침
timing-verdict-doubtful = 대본과 녹음이 군데군데 달라요. 불확실한 문장을 확인해 주세요.
timing-verdict-other = 이 대본을 읽은 녹음이 아닌 것 같아서 새로 맞추지 않았어요. 앞서 있던 시각은 그대로예요. 대본과 녹음을 확인해 주세요.
timing-fact-sentences = 문장 { $count }개
timing-fact-sure = 확실 { $count }
timing-fact-unsure = 불확실 { $count }
timing-fact-not-spoken = 말하지 않음 { $count }
timing-fact-unknown = 모름 { $count }
timing-fact-gaps = 대본에 없는 말 { $count }곳
timing-align = 대본과 녹음 맞추기
timing-anew = 처음부터 다시 맞추기
timing-anew-hint = 다시 맞춰도 직접 정한 시간은 그대로 있어요. 나머지도 새 시간을 찾을 때까지는 그대로예요.
timing-cancel = 멈추기
timing-go-on = 이어서 하기
timing-files = 내려받기

## 가져오기

timing-import = 자막 파일이나 글 가져오기
timing-import-hint-script = 대본의 말은 그대로 두고, 파일에 적힌 시간을 문장에 옮겨요.
timing-import-hint-none = 대본이 비어 있으니 가져온 글이 대본이 돼요.
timing-import-file = 파일
timing-import-kinds = VTT, SRT, SBV, SMI, LRC, TTML, Podcasting 2.0 JSON과 HTML, Whisper JSON, TXT. { $max }까지.
timing-import-send = 파일 가져오기
timing-import-text = 또는 내용을 붙여 넣으세요
timing-import-paste = 붙인 글 가져오기
timing-imported-script = { $form } 파일이 대본이 되었어요.
timing-imported-times = { $form } 파일의 시간을 대본에 옮겼어요.
timing-imported-counts = 문장 { $sentences }개 가운데 { $timed }개에 시간이 있어요.
timing-imported-by-hand = 직접 정한 { $count }개는 그대로 두었어요.
import-early = 아직 녹음이 없어서 시간을 따로 간직해 두었어요. 녹음을 올리면 그 녹음에 맞춰 넣어요.
import-beyond = 문장 { $count }개는 녹음이 끝난 뒤의 시간이라서 옮기지 않았어요.
error-import-long = 글이 너무 깁니다. 대본은 { $most }자까지 쓸 수 있습니다.
error-import-no-times = 시간이 없는 글입니다. 대본이 이미 있으니 시간이 적힌 자막 파일을 골라 주세요.

## 챕터

timing-chapters = 챕터
timing-chapters-own = 직접 정한 챕터예요.
timing-chapters-headings = 대본의 제목에서 만든 챕터예요. 고쳐서 저장하면 직접 정한 챕터가 돼요.
timing-chapters-file = 녹음 파일에 든 챕터예요. 고쳐서 저장하면 직접 정한 챕터가 돼요.
timing-chapters-nothing = 챕터가 없어요. 대본에 제목을 두 개 이상 쓰고 녹음과 맞추면 저절로 생겨요.
timing-chapters-none = 챕터를 두지 않기로 했어요.
timing-chapters-save = 챕터 저장
timing-chapters-take-headings = 대본의 제목에서 가져오기
timing-chapters-take-file = 녹음 파일에서 가져오기
timing-chapters-hint = 시작은 12:34나 초로 적어 주세요. 저장하면 바로 공개돼요. 모두 지우고 저장하면 챕터가 없어져요.
timing-chapter-n = 챕터 { $count }
timing-chapter-start = 시작
timing-chapter-title = 제목
timing-chapter-link = 링크
timing-chapter-picture = 그림 주소
timing-chapter-more = 챕터 더하기
error-chapters-many = 챕터는 { $most }개까지 둘 수 있습니다.
error-chapters-no-headings = 시간이 확실한 제목이 두 개 이상 있어야 합니다. 읽지 않은 제목은 그 아래 문장의 시간을 따릅니다.
error-chapters-no-file = 녹음 파일에 챕터가 없습니다.
error-chapter-start = { $row }번째 줄의 시작을 12:34나 초로 적어 주세요.
error-chapter-end = { $row }번째 줄의 시작({ $start })이 녹음 길이({ $length })를 넘습니다.
error-chapter-twice = { $row }번째 줄의 시작({ $start })이 다른 챕터와 같습니다.
error-chapter-title = { $row }번째 줄에 제목을 적어 주세요.
error-chapter-link = { $row }번째 줄의 링크는 쓸 수 없습니다: { $link }. https://로 시작하는 주소를 적어 주세요.
error-chapter-picture = { $row }번째 줄의 그림 주소는 쓸 수 없습니다: { $link }. https://로 시작하는 주소를 적어 주세요.
