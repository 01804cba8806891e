;; value: (0 1 (2 3) (4 5 (6 7)))
(import (scheme base) (scheme case-lambda))
(define f
  (case-lambda (() 0) ((a) a) ((a b) (list a b)) ((a b . c) (list a b c))))
(list (f) (f 1) (f 2 3) (f 4 5 6 7))
