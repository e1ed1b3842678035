using System.Buffers.Text;
using System.Runtime.InteropServices;
using System.Text;
using PosteRestante.Protocols.Sip;

namespace PosteRestante.SipStack.Sip.Transactions;

/// <summary>
/// What tells transactions apart: role, method class (ACK belongs to INVITE), branch and, for a server, sent-by (RFC 3261 17.1.3,
/// 17.2.3). Branch and host are compared without case. The octets are exact, so no two transactions share a key.
/// </summary>
/// <remarks>
/// A request whose branch lacks the magic cookie comes from an RFC 2543 element. Decision: it is matched by Call-ID, CSeq number,
/// From tag and the whole topmost Via. The rules of 17.2.3 name Request-URI and To tag as well; both are left out, because an
/// ACK has the To tag that its INVITE has not, and a sender that keeps Via, Call-ID and CSeq but changes the Request-URI
/// has broken 8.1.1.5 already.
/// </remarks>
internal readonly struct TransactionKey : IEquatable<TransactionKey>
{
    /// <summary>Room for nearly every key; a longer one takes <see cref="MaxLength"/>.</summary>
    public const int UsualLength = 512;

    private readonly byte[] _octets;
    private readonly int _hash;

    /// <summary>A key that is kept.</summary>
    public TransactionKey(ReadOnlySpan<byte> octets)
    {
        _octets = octets.ToArray();
        _hash = Hash(octets);
    }

    /// <summary>The octets.</summary>
    public ReadOnlySpan<byte> Octets => _octets;

    /// <summary>Keyed by the process, so that nobody can aim at one bucket (the runtime's string hash).</summary>
    public static int Hash(ReadOnlySpan<byte> octets) => string.GetHashCode(MemoryMarshal.Cast<byte, char>(octets), StringComparison.Ordinal);

    /// <summary>How much room the key of a request may need.</summary>
    public static int MaxLength(SipMessage request) =>
        request.TopVia.Text.Length + request.CallId.Length + request.From.Tag.Length + request.Method.Name.Length + 32;

    /// <summary>Writes the key of a server transaction.</summary>
    /// <param name="request">The request.</param>
    /// <param name="method">Its method; of the INVITE for an ACK and for what a CANCEL cancels (9.2).</param>
    /// <param name="destination">Room for <see cref="MaxLength"/>.</param>
    public static ReadOnlySpan<byte> WriteServer(SipMessage request, SipMethod method, Span<byte> destination)
    {
        var via = request.TopVia;
        var writer = new Writer(destination);
        if (via.HasMagicCookie)
        {
            writer.Add((byte)'S');
            writer.Add(method.Name);
            writer.AddLower(via.Branch);
            writer.AddLower(via.Host);
            writer.Add(via.Port);
        }
        else
        {
            writer.Add((byte)'s');
            writer.Add(method.Name);
            writer.AddExact(request.CallId);
            writer.AddLower(request.From.Tag);
            writer.Add(request.CSeq.Number);
            writer.AddLower(via.Text);
        }

        return writer.Even();
    }

    /// <summary>Writes the key of a client transaction: branch and method of CSeq (17.1.3).</summary>
    public static ReadOnlySpan<byte> WriteClient(ReadOnlySpan<byte> branch, SipMethod method, Span<byte> destination)
    {
        var writer = new Writer(destination);
        writer.Add((byte)'C');
        writer.Add(method.Name);
        writer.AddLower(branch);
        return writer.Even();
    }

    /// <inheritdoc/>
    public bool Equals(TransactionKey other) => _hash == other._hash && Octets.SequenceEqual(other.Octets);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is TransactionKey other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => _hash;

    private ref struct Writer(Span<byte> destination)
    {
        private readonly Span<byte> _destination = destination;
        private int _length;

        public void Add(byte octet) => _destination[_length++] = octet;

        public void Add(string text)
        {
            _length += Encoding.ASCII.GetBytes(text, _destination[_length..]);
            Add(0);
        }

        public void Add(long number)
        {
            _ = Utf8Formatter.TryFormat(number, _destination[_length..], out var written); // MaxLength made room
            _length += written;
            Add(0);
        }

        public void AddExact(ReadOnlySpan<byte> text)
        {
            text.CopyTo(_destination[_length..]);
            _length += text.Length;
            Add(0);
        }

        public void AddLower(ReadOnlySpan<byte> text)
        {
            if (Ascii.ToLower(text, _destination[_length..], out var written) != System.Buffers.OperationStatus.Done)
            {
                text.CopyTo(_destination[_length..]); // octets above ASCII have no case
                written = text.Length;
            }

            _length += written;
            Add(0);
        }

        // An even number of octets, so that they can be hashed as characters.
        public ReadOnlySpan<byte> Even()
        {
            if ((_length & 1) != 0)
            {
                Add(0);
            }

            return _destination[.._length];
        }
    }
}
