;; Each iteration of do has its own variable.
;; value: (0 1 2)
(import (scheme base))
(define procedures
  (do ((i 0 (+ i 1)) (l '() (cons (lambda () i) l))) ((= i 3) (reverse l))))
(map (lambda (f) (f)) procedures)
