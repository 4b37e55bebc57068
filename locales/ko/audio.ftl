audio-not-audio = 소리 파일이 아닙니다. MP3나 M4A로 내보낸 녹음을 골라 주세요.
audio-cut-off = 파일이 중간에 끊겼거나 손상되었습니다. 녹음 프로그램에서 다시 내보내거나 원본을 다시 올려 주세요.
audio-unsupported = { JOSA($format, "은/는") } 재생하지 못하는 브라우저나 앱이 많습니다. MP3나 M4A(AAC)로 바꿔서 올려 주세요.
audio-unsupported-video = 영상 파일입니다. 소리만 MP3나 M4A로 내보내서 올려 주세요.
audio-unsupported-protected = 복사 방지(DRM)가 걸린 파일입니다. 보호되지 않은 원본 녹음을 올려 주세요.
audio-no-sound = 파일에 소리가 들어 있지 않습니다. 다른 파일을 골라 주세요.
audio-unreadable = 파일을 읽지 못했습니다. 잠시 뒤에 다시 시도해 주세요.
audio-apple-warning = Apple Podcasts는 MP3와 M4A(AAC)만 받습니다. 그곳의 청취자에게도 들려주려면 MP3나 M4A로 바꿔서 올려 주세요.
