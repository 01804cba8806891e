(define-record-type <square> (make-square side) square? (side side))
(define (area s) (* unit (side s) (side s)))
