;; status: 7
;; output: before
;; output: after
(import (scheme base) (scheme write) (scheme process-context))
(dynamic-wind (lambda () (display "before") (newline))
              (lambda () (exit 7))
              (lambda () (display "after") (newline)))
