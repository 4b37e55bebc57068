# 피드 안에 쓰는 말.
feed-references = 참고 자료
feed-read-text = 글로 읽기
feed-frequency-daily = 매일
feed-frequency-weekdays = 평일마다
feed-frequency-weekly = 매주
feed-frequency-biweekly = 두 주에 한 번
feed-frequency-monthly = 매달
