## 두 번째 형식

post-alternate = 다른 형식으로도 올리기
post-alternate-hint = 같은 녹음을 다른 형식으로 하나 더 올리면 앱이 골라서 들려줘요. 예: MP3와 함께 용량이 작은 Opus.
post-alternate-drop = 같은 녹음의 다른 형식 파일을 끌어 놓거나 고르세요
post-alternate-replace = 다른 파일로 바꾸기
post-alternate-remove = 이 형식 빼기
error-alternate-alone = 먼저 녹음을 올린 다음 다른 형식을 더해 주세요.
error-alternate-kind = 올린 녹음과 형식이 같습니다({ $kind }). 다른 형식의 파일을 골라 주세요.
error-alternate-length = 길이가 다릅니다(올린 녹음 { $first }, 이 파일 { $second }). 같은 녹음의 파일을 골라 주세요.

## 출연과 제작

post-people-hint = 이 글에만 해당하는 사람을 적어요. 한 명이라도 적으면 채널에 적어 둔 사람들 대신 이 목록이 나와요.

## 들려줄 대목

post-soundbites = 들려줄 대목
post-soundbites-hint = 앱이 미리 듣기로 들려줄 대목이에요. 15초에서 2분까지, 시각은 12:34나 초로 적어 주세요.
post-soundbite-n = 대목 { $count }
post-soundbite-start = 시작
post-soundbite-length = 길이
post-soundbite-title = 제목
post-soundbite-more = 대목 더하기

## 대화, 장소, 이용 허락

post-more = 대화, 장소, 이용 허락
post-social = 대화
post-social-hint = 이 글을 알린 게시물 주소를 적으면 앱이 그 아래 댓글을 함께 보여 줘요.
post-location-hint = 이 글이 다루는 곳이에요. 녹음한 곳이 아니어도 돼요.
post-license-hint = 채널과 다르게 정할 때만 고르세요.

## 세부 설정

post-label-season-name = 시즌 이름
post-hint-season-name = 숫자와 함께 보여요. 예: 겨울 특집
post-label-episode-display = 회차 표시
post-hint-episode-display = 숫자 대신 보일 말이에요. 예: 7-1
post-hint-cover-alt = 이 글의 표지를 볼 수 없는 분께 무엇이 그려져 있는지 알려 줘요.
post-label-block = Apple Podcasts에 싣지 않기
post-hint-block = 다른 앱에서는 그대로 들을 수 있어요.

## 공개하기 전에 고칠 것

error-people-many = 사람은 { $most }명까지 적을 수 있습니다.
error-soundbites-many = 대목은 { $most }개까지 적을 수 있습니다.
error-social-many = 대화 링크는 { $most }개까지 적을 수 있습니다.
error-person-name = 이름이 빠진 사람이 있습니다.
error-soundbite-time = 시작과 길이를 12:34나 초로 적어 주세요.
error-soundbite-length = 대목의 길이는 15초에서 2분 사이여야 합니다.
error-soundbite-end = 대목이 { $end }에 끝나는데 녹음은 { $length }까지입니다.
error-social-protocol = 대화 링크마다 서비스를 골라 주세요.
error-social-link = 열 수 없는 게시물 주소입니다: { $link }. https://로 시작하는 주소를 적어 주세요.
error-detail-link = 이 주소는 쓸 수 없습니다: { $link }. https://로 시작하는 주소를 적어 주세요.
error-license-other = 목록에 없는 이용 허락은 이름과 전문 주소를 모두 적어 주세요.
error-location-name = 장소의 이름을 적어 주세요.
