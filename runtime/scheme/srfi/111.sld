;; SRFI 111: boxes, objects with one place.

(define-library (srfi 111)
  (import (scheme base))
  (export box box? unbox set-box!)
  (begin
    (define-record-type <box>
      (box content)
      box?
      (content unbox set-box!))))
