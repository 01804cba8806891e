(note 'first)
(begin (note 'second)
       (note 'third))
(define loaded (+ 5 7))
