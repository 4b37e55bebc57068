transcript-too-large = 파일이 너무 커요. 자막 파일은 { $mib }MiB까지 올릴 수 있어요.
transcript-empty = 파일이 비어 있어요. 다른 파일을 골라 주세요.
transcript-not-text = 글자로 된 파일이 아니에요. VTT, SRT, SBV, SMI, LRC, TTML, JSON, HTML이나 TXT 파일을 골라 주세요.
transcript-other-form = { $form } 형식은 읽지 못해요. VTT, SRT, SBV, SMI, LRC, TTML, JSON, HTML이나 TXT로 바꾸어 올려 주세요.
transcript-broken-json = JSON 파일의 { $line }번째 줄이 깨져 있어서 읽지 못했어요. 파일을 다시 내려받거나 내보내 주세요.
transcript-broken-entry = JSON 파일의 { $line }번째 항목이 깨져 있어서 읽지 못했어요. 파일을 다시 내려받거나 내보내 주세요.
transcript-other-json = JSON 파일에서 대본으로 쓸 말을 찾지 못했어요. Podcasting 2.0이나 Whisper 형식의 파일을 골라 주세요.
transcript-chapters = 챕터 파일이에요. 말한 내용이 담긴 자막 파일을 골라 주세요.
transcript-no-cues = 시간과 말이 함께 적힌 곳을 찾지 못했어요. 다른 파일을 골라 주세요.
transcript-too-many = 자막이 너무 많아요. { $max }개까지 읽을 수 있어요.
transcript-no-times = 파일에 시간이 없어요. 대본이 이미 있으니 VTT, SRT, JSON처럼 시간이 적힌 파일을 골라 주세요.
transcript-other-text = 파일의 말이 이 대본과 너무 달라요. 다른 글의 자막이 아닌지 확인해 주세요.
transcript-warning-encoding = UTF-8이 아니라 { $encoding } 인코딩으로 읽었어요. 글자가 깨져 보이면 파일을 UTF-8로 저장해서 다시 올려 주세요.
transcript-warning-letters = { $line }번째 줄에 깨진 글자가 있어요.
transcript-warning-signature = { $line }번째 줄: WEBVTT 뒤에 다른 글자가 붙어 있지만 WebVTT로 읽었어요.
transcript-warning-json = { $unit ->
    [entry] { $line }번째 항목
   *[line] { $line }번째 줄
  }에서 JSON 문법이 틀려서 고쳐 읽었어요.
transcript-warning-no-times = 파일에 쓸 수 있는 시간이 없어서 말만 읽었어요.
transcript-warning-time = { $unit ->
    [entry] { $line }번째 항목
   *[line] { $line }번째 줄
  }: 시간을 읽을 수 없어서 뺐어요.
transcript-warning-time-words = { $unit ->
    [entry] { $line }번째 항목
   *[line] { $line }번째 줄
  }: 시간을 읽을 수 없어서 말만 넣었어요.
transcript-warning-end = { $unit ->
    [entry] { $line }번째 항목
   *[line] { $line }번째 줄
  }: 끝나는 시간이 틀려서 말의 길이를 보고 정했어요.
transcript-warning-no-words = { $unit ->
    [entry] { $line }번째 항목
   *[line] { $line }번째 줄
  }: 말이 없어서 뺐어요.
transcript-warning-order = { $unit ->
    [entry] { $line }번째 항목
   *[line] { $line }번째 줄
  }: 앞의 것보다 먼저 시작해서, 모두 시간 순서로 다시 놓았어요.
transcript-warning-counter = { $unit ->
    [entry] { $line }번째 항목
   *[line] { $line }번째 줄
  }: 자막 번호가 빠졌거나 순서가 틀리지만 그대로 읽었어요.
transcript-warning-stray = { $unit ->
    [entry] { $line }번째 항목
   *[line] { $line }번째 줄
  }: 시간이 없는 글이라서 뺐어요.
transcript-warning-more = 그 밖에도 고치거나 뺀 곳이 { $count }군데 있어요.
