;; error: a binding must have the shape (variable expression)
;; status: 65
(import (scheme base))
(let ((x)) x)
