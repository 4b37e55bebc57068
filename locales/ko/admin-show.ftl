### 채널 설정에서 드물게 쓰는 항목.

admin-show-more = 더 자세한 설정
admin-show-unset = 정하지 않음
admin-show-none = 없음

## 묶음 이름

admin-show-people = 함께하는 사람
admin-show-funding = 후원 링크
admin-show-rhythm = 구성과 공개 주기
admin-show-categories = 분류 더하기
admin-show-around = 장소, 대화, 추천 채널
admin-show-location = 장소
admin-show-social = 대화
admin-show-podroll = 추천 채널
admin-show-directories = 디렉터리와 소유 확인
admin-show-txt = 확인 코드
admin-show-feed = 피드

## 닫힌 묶음에 보이는 한 줄

admin-show-said-complete = 완결
admin-show-said-social = 대화 { $count }곳
admin-show-said-podroll = 추천 { $count }곳
admin-show-said-locked = 가져가기 막음
admin-show-said-txt = 확인 코드 { $count }개
admin-show-said-block = 디렉터리에 싣지 않음
admin-show-said-services = 서비스 { $count }곳 제외
admin-show-said-moved = 옮겨 감

## 소개와 분류

admin-label-cover-alt = 표지 설명
admin-hint-cover-alt = 표지에 무엇이 있는지 한 줄로 적으면, 그림을 볼 수 없는 사람에게 읽어 줘요.
admin-label-category2 = 둘째 분류
admin-label-category3 = 셋째 분류
admin-hint-categories = Apple 팟캐스트는 첫 분류만 보지만, 다른 앱은 이 분류로도 채널을 찾아 줘요.

## 사람

admin-hint-people = 진행자처럼 늘 함께하는 사람을 적으면 앱이 이름과 사진을 보여 줘요. 글에 따로 적은 사람이 있으면 그 글에는 그 사람들만 나와요.
admin-person-n = 사람 { $count }
admin-person-name = 이름
admin-person-role = 역할
admin-person-href = 소개 페이지
admin-person-img = 사진 주소
admin-person-more = 사람 더하기

## 후원

admin-hint-funding = 앱에 후원 버튼으로 보여요. 먼저 보여 줄 링크를 위에 적으세요.
admin-funding-n = 후원 링크 { $count }
admin-funding-label = 버튼에 쓸 말
admin-funding-url = 주소
admin-funding-more = 링크 더하기

## 권리

admin-hint-author-name = 비워 두면 계정의 이름을 써요.
admin-label-license = 이용 허락
admin-hint-license = 다른 사람이 이 채널의 글과 소리를 어떻게 써도 되는지 알려요.
admin-label-license-name = 라이선스 이름
admin-label-license-url = 전문 주소
admin-license-none = 밝히지 않음
admin-license-arr = 모든 권리 보유
admin-license-cc0 = 권리를 주장하지 않음 (CC0)
admin-license-cc-by = 출처를 밝히면 자유롭게 (CC BY)
admin-license-cc-by-sa = 출처를 밝히고 같은 조건으로 (CC BY-SA)
admin-license-cc-by-nd = 출처를 밝히고 고치지 않으면 (CC BY-ND)
admin-license-cc-by-nc = 출처를 밝히고 돈을 벌지 않으면 (CC BY-NC)
admin-license-cc-by-nc-sa = 출처를 밝히고 돈을 벌지 않고 같은 조건으로 (CC BY-NC-SA)
admin-license-cc-by-nc-nd = 출처를 밝히고 돈을 벌지 않고 고치지 않으면 (CC BY-NC-ND)
admin-license-other = 다른 라이선스…

## 주기

admin-label-frequency = 새 글이 나오는 주기
admin-hint-frequency = 듣는 사람이 다음 글을 언제쯤 기대하면 되는지 알려요.
admin-frequency-unknown = 정하지 않음
admin-frequency-daily = 매일
admin-frequency-weekdays = 평일마다
admin-frequency-weekly = 매주
admin-frequency-biweekly = 두 주마다
admin-frequency-monthly = 매달
admin-label-complete = 완결 (새 글이 더는 나오지 않음)
admin-hint-complete = 새 글이 나왔는지 더는 살피지 않는 앱이 있으니, 정말 끝났을 때만 고르세요.

## 장소

admin-hint-location = 이 채널을 만드는 곳이에요. 앱이 지역으로 채널을 찾을 때 써요.
admin-label-location-name = 이름
admin-hint-location-name = 예: 서울 종로구
admin-label-location-country = 나라
admin-hint-location-country = 두 글자 나라 코드. 예: KR
admin-label-location-geo = 좌표
admin-hint-location-geo = 위도와 경도. 예: 37.57, 126.98
admin-label-location-osm = OpenStreetMap 번호
admin-hint-location-osm = 예: R2297418

## 대화

admin-hint-social = 이 채널을 소개한 소셜 미디어 게시물의 주소를 적으면 앱이 그 아래 댓글을 함께 보여 줘요.
admin-social-n = 대화 { $count }
admin-social-protocol = 서비스
admin-social-uri = 게시물 주소
admin-social-account = 올린 계정
admin-social-disabled = 댓글을 받지 않음
admin-social-more = 대화 더하기

## 추천 채널

admin-hint-podroll = 듣는 사람에게 권하고 싶은 다른 채널이에요. GUID는 podcastindex.org에서 그 채널을 찾으면 나와요.
admin-podroll-n = 추천 채널 { $count }
admin-podroll-title = 이름
admin-podroll-guid = GUID
admin-podroll-url = 피드 주소
admin-podroll-more = 채널 더하기

## 디렉터리

admin-hint-txt = 채널의 주인인지 확인하려고 디렉터리가 준 코드를 붙여 넣으세요. 피드에 실리므로 누구나 볼 수 있어요.
admin-txt-n = 코드 { $count }
admin-txt-purpose = 쓰임
admin-txt-apple = Apple 팟캐스트의 확인
admin-txt-verify = 다른 디렉터리의 확인
admin-txt-other = 그 밖
admin-txt-purpose-other = 쓰임을 나타내는 낱말
admin-txt-value = 코드
admin-txt-more = 코드 더하기
admin-label-ai = AI 사용
admin-hint-ai = 목소리나 글의 일부를 AI가 만들었다면 ‘예’를 고르세요. 피드에 실려 앱이 알릴 수 있어요.
admin-ai-unsaid = 밝히지 않음
admin-label-block = 디렉터리에 싣지 않기
admin-hint-block = Apple 팟캐스트를 비롯한 앱의 목록과 검색에서 빠져요. 피드 주소를 아는 사람은 그대로 들을 수 있어요.
admin-label-services = 이 서비스에만 싣지 않기
admin-hint-services = 부탁일 뿐이어서, 따르지 않는 서비스도 있어요.

## 피드

admin-label-feed-text = 앱에서 읽을 수 있는 글
admin-feed-text-notes = 메모와 참고 자료
admin-feed-text-full = 대본까지 모두
admin-hint-feed-text = 대본까지 담으면 앱에서도 글을 다 읽을 수 있지만, 그만큼 피드가 커져요.
admin-label-feed-pages = 피드 나누기
admin-feed-whole = 나누지 않음
admin-feed-pages = { $count }편씩 나눔
admin-hint-feed-pages = 거의 모든 앱이 첫 쪽만 읽어서, 나누면 오래된 글이 앱에 나오지 않아요. 글이 수천 편이어서 피드가 너무 클 때만 나누세요.
admin-label-prefix = 녹음 주소 앞에 붙일 집계 서비스
admin-hint-prefix = 보통은 비워 두세요. OP3 같은 서비스의 주소(https://op3.dev/e/)를 적으면 앱이 녹음을 받을 때마다 그 서비스를 거쳐요. 누가 언제 무엇을 듣는지 그 서비스가 알게 되고, 그 서비스가 멈추면 녹음도 열리지 않아요.
admin-prefix-example = 앱이 찾아갈 녹음 주소의 예:
admin-label-moved = 옮겨 간 피드의 주소
admin-hint-moved = 채널을 다른 곳으로 옮겼을 때만 적으세요. 이 피드를 찾는 앱을 모두 새 주소로 보내고(301), 구독도 새 주소로 바꾸게 해요. 다들 옮겨 갈 때까지 몇 주 동안 그대로 두세요.

## 역할

admin-role-none = 밝히지 않음
admin-role-group-cast = 출연
admin-role-group-writing = 글
admin-role-group-direction = 연출
admin-role-group-production = 녹음
admin-role-group-post-production = 소리 편집
admin-role-group-administration = 운영
admin-role-group-visuals = 그림
admin-role-group-community = 커뮤니티
admin-role-group-video = 촬영
admin-role-group-video-post = 영상 편집
admin-role-group-misc = 그 밖
admin-role-host = 진행
admin-role-co-host = 공동 진행
admin-role-guest-host = 객원 진행
admin-role-guest = 초대 손님
admin-role-voice-actor = 성우
admin-role-narrator = 낭독
admin-role-announcer = 아나운서
admin-role-reporter = 취재
admin-role-author = 지은이
admin-role-writer = 작가
admin-role-co-writer = 공동 작가
admin-role-guest-writer = 객원 작가
admin-role-managing-editor = 편집장
admin-role-researcher = 자료 조사
admin-role-editor = 편집
admin-role-fact-checker = 사실 확인
admin-role-translator = 옮긴이
admin-role-transcriber = 받아쓰기
admin-role-director = 연출
admin-role-executive-producer = 총괄 프로듀서
admin-role-producer = 프로듀서
admin-role-technical-director = 기술 감독
admin-role-audio-engineer = 음향
admin-role-audio-editor = 소리 편집
admin-role-sound-designer = 음향 디자인
admin-role-composer = 작곡
admin-role-theme-music = 주제 음악
admin-role-graphic-designer = 그래픽 디자인
admin-role-cover-art-designer = 표지 디자인
admin-role-consultant = 자문

## 잘못된 값

error-show-link = https://로 시작하는 주소를 적어 주세요.
error-show-prefix = https://로 시작해 /로 끝나는 주소를 적어 주세요.
error-show-geo = 좌표는 37.57, 126.98처럼 위도와 경도로 적어 주세요.
error-show-osm = R2297418처럼 N, W, R 가운데 한 글자와 숫자로 적어 주세요.
error-show-country = 나라는 KR처럼 두 글자 코드로 적어 주세요.
error-show-guid = GUID는 917393e3-1b1e-5cef-ace4-edaa54e1f810 같은 꼴로 적어 주세요.
error-show-choice = 목록에서 골라 주세요.
error-show-category-twice = 이미 고른 분류입니다. 다른 분류를 골라 주세요.
error-show-rows-many = { $most }개까지 적을 수 있습니다.
error-show-row = { $row }번을 확인해 주세요.
error-show-txt-ai = 이 낱말은 쓸 수 없습니다. AI에 관한 것은 ‘AI 사용’에서 골라 주세요.
error-show-moved-here = 이 채널의 지금 피드 주소입니다. 옮겨 간 곳의 주소를 적어 주세요.
