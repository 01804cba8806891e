;; error: open-input-file
;; error: no-such-file
(import (scheme base) (scheme file))
(define (f name) (read-line (open-input-file name)))
(list (f "no-such-file"))
