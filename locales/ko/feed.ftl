# 피드 안에 쓰는 말.
feed-references = 참고 자료
