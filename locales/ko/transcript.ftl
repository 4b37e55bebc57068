transcript-too-large = 파일이 너무 큽니다. 자막 파일은 { $mib }MiB까지 올릴 수 있습니다.
transcript-empty = 파일이 비어 있습니다. 다른 파일을 골라 주세요.
transcript-not-text = 글자로 된 파일이 아닙니다. VTT, SRT, JSON, HTML이나 TXT 파일을 골라 주세요.
transcript-broken-json = JSON 파일의 { $line }번째 줄이 깨져 있어서 읽지 못했습니다. 파일을 다시 내려받거나 내보내 주세요.
transcript-other-json = JSON 파일에서 대본으로 쓸 말을 찾지 못했습니다. Podcasting 2.0이나 Whisper 형식의 파일을 골라 주세요.
transcript-chapters = 챕터 파일입니다. 말한 내용이 담긴 자막 파일을 골라 주세요.
transcript-no-cues = 시간과 말이 함께 적힌 곳을 찾지 못했습니다. 다른 파일을 골라 주세요.
transcript-too-many = 자막이 너무 많습니다. { $max }개까지 읽을 수 있습니다.
