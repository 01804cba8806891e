;; options: -L support
;; error: support/broken.sld:1:1
;; error: this parenthesis is never closed
;; status: 65
(import (scheme base) (broken))
