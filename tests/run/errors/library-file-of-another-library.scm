;; options: -L support
;; error: support/misnamed.sld does not define (misnamed)
;; error: it defines (another name)
;; status: 65
(import (scheme base) (misnamed))
