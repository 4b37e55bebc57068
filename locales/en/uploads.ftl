error-upload-stalled = The transfer is too slow or has stopped. Please check your connection and try again.
error-upload-cut-off = The transfer was interrupted. Please try again.
error-upload-empty = The file is empty. Please choose another one.
error-upload-none = Please choose a file to upload.
error-upload-header = The upload request was malformed. Please reload the page and upload again.
error-upload-busy = This file is already being received. Please try again in a moment.
error-upload-offset = The upload does not continue where the stored part ends. Please go on from there.
error-upload-too-many = Too many uploads are unfinished. Please wait for one to end, or cancel it.
