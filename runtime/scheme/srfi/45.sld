;; SRFI 45: iterative lazy algorithms, as R7RS has them under other names.

(define-library (srfi 45)
  (import (scheme base) (scheme lazy))
  (export delay force eager (rename delay-force lazy))
  (begin
    (define (eager x) (make-promise x))))
