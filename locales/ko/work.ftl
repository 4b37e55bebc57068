# 뒤에서 하는 일.
work-heading = 하고 있는 일
work-none = 기다리는 일이 없어요.
work-align = 대본과 녹음 맞추기
work-transcribe = 녹음 받아쓰기
work-hear = 녹음 듣고 소리 재기
work-collect = 쓰지 않는 파일 치우기
work-other = 그 밖의 일({ $kind })
work-failed = 실패
work-retrying = 다시 시도할 예정
work-running = 하는 중
work-waiting = 기다리는 중
work-tried = { $count }번 해 보았어요. { $minutes }분 안에 다시 해요.
work-tried-soon = { $count }번 해 보았어요. 곧 다시 해요.
work-again = 다시 시도
