namespace PosteRestante.Protocols.Sip;

/// <summary>The header fields of a message in the order of their arrival, for <c>foreach</c>.</summary>
public readonly struct SipHeaderCollection
{
    private readonly SipMessage _message;

    internal SipHeaderCollection(SipMessage message) => _message = message;

    /// <summary>The number of fields.</summary>
    public int Count => _message.HeaderCount;

    /// <summary>The field at <paramref name="index"/>.</summary>
    public SipHeader this[int index] => _message.HeaderAt(index);

    /// <summary>Goes through the fields.</summary>
    public Enumerator GetEnumerator() => new(_message);

    /// <summary>Goes through the fields.</summary>
    public struct Enumerator
    {
        private readonly SipMessage _message;
        private int _index;

        internal Enumerator(SipMessage message)
        {
            _message = message;
            _index = -1;
        }

        /// <summary>The field at hand.</summary>
        public readonly SipHeader Current => _message.HeaderAt(_index);

        /// <summary>Moves on.</summary>
        public bool MoveNext() => ++_index < _message.HeaderCount;
    }
}
