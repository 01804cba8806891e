;; output: in
;; status: 1
(import (scheme base) (scheme write) (scheme process-context))
(dynamic-wind
  (lambda () (display "in"))
  (lambda () (emergency-exit #f))
  (lambda () (display "out")))
