(import (scheme base) (prefix (support lib shapes) s:))
(let ((sq (s:square 3))) (list (s:area sq) (s:with-side (n sq) (+ n 1))))
;; value: (90 4)
