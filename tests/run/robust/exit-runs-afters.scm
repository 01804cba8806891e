;; output: in out1 out2
;; status: 7
(import (scheme base) (scheme write) (scheme process-context))
(dynamic-wind
  (lambda () (display "in "))
  (lambda ()
    (dynamic-wind
      (lambda () #f)
      (lambda () (exit 7))
      (lambda () (display "out1 "))))
  (lambda () (display "out2")))
