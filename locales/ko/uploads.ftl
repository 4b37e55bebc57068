error-upload-stalled = 전송이 너무 느리거나 멈췄습니다. 연결을 확인하고 다시 시도해 주세요.
error-upload-cut-off = 전송이 중간에 끊겼습니다. 다시 시도해 주세요.
error-upload-empty = 빈 파일입니다. 다른 파일을 골라 주세요.
error-upload-none = 올릴 파일을 골라 주세요.
error-upload-header = 업로드 요청의 형식이 올바르지 않습니다. 페이지를 새로 고친 뒤 다시 올려 주세요.
error-upload-busy = 이 파일은 이미 전송되고 있습니다. 잠시 뒤에 다시 시도해 주세요.
error-upload-offset = 서버에 저장된 위치와 이어 보낼 위치가 다릅니다. 저장된 곳부터 다시 보내 주세요.
error-upload-too-many = 끝나지 않은 업로드가 너무 많습니다. 진행 중인 업로드가 끝난 뒤 다시 시도하거나 취소해 주세요.
