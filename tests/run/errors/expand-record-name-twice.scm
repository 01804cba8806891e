;; error: `channel` is defined twice by this record type
;; error: expand-record-name-twice.scm:5:30
;; status: 65
(import (scheme base))
(define-record-type channel (channel senders) channel? (senders senders))
(channel '())
