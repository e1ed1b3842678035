using System.Collections.Immutable;
using System.Globalization;

namespace PosteRestante.Protocols.Sdp;

/// <summary>Offer and answer for MSRP (RFC 3264, RFC 4975 8, RFC 6135), as pure functions.</summary>
public static class MsrpOfferAnswer
{
    /// <summary>An offer of one MSRP session.</summary>
    public static SdpSession CreateOffer(MsrpLocalMedia local, SdpOrigin origin) =>
        Describe(origin, [CreateMedia(local, local.Direction, local.Setup)]);

    /// <summary>
    /// The body of a 488 (RFC 3261 21.4.26): what would be acceptable. It describes and offers nothing, so it has no
    /// path.
    /// </summary>
    public static SdpSession CreateAcceptable(MsrpLocalMedia local, SdpOrigin origin)
    {
        SdpMedia media = CreateMedia(local, local.Direction, SdpSetup.None);
        return Describe(origin, [new SdpMedia
        {
            Kind = media.Kind,
            Port = media.Port,
            Protocol = media.Protocol,
            Formats = media.Formats,
            Attributes = [.. media.Attributes.Where(attribute => attribute.Name is not "path" and not "setup" and not "fingerprint")],
        }
        ]);
    }

    /// <summary>
    /// Answers an offer: takes the first MSRP media that will do, refuses every other media with port 0.
    /// </summary>
    /// <param name="offer">The offer.</param>
    /// <param name="local">This side.</param>
    /// <param name="required">What the offer must allow.</param>
    /// <param name="origin">The origin of the answer.</param>
    /// <param name="answer">The answer; null when refused.</param>
    /// <param name="negotiation">What was agreed; null when refused.</param>
    /// <returns>Why the first MSRP media will not do, when none will.</returns>
    public static MsrpRejection CreateAnswer(
        SdpSession offer,
        MsrpLocalMedia local,
        MsrpPeerRequirements required,
        SdpOrigin origin,
        out SdpSession? answer,
        out MsrpNegotiation? negotiation)
    {
        answer = null;
        negotiation = null;
        MsrpRejection first = MsrpRejection.NoMsrpMedia;
        for (int i = 0; i < offer.Media.Length; i++)
        {
            MsrpRejection rejection = Judge(offer, i, local, required, isOffer: true, out negotiation);
            if (negotiation is not null)
            {
                answer = Answer(offer, negotiation, origin);
                return MsrpRejection.None;
            }

            first = first == MsrpRejection.NoMsrpMedia ? rejection : first;
        }

        return first;
    }

    /// <summary>Judges the answer to an offer of <see cref="CreateOffer"/>.</summary>
    /// <param name="answer">The peer's answer.</param>
    /// <param name="local">This side, as it was offered.</param>
    /// <param name="required">What the answer must allow.</param>
    /// <param name="negotiation">What was agreed; null when the session cannot be.</param>
    public static MsrpRejection AcceptAnswer(
        SdpSession answer, MsrpLocalMedia local, MsrpPeerRequirements required, out MsrpNegotiation? negotiation)
    {
        negotiation = null;
        return answer.Media.Length == 1
            ? Judge(answer, 0, local, required, isOffer: false, out negotiation)
            : MsrpRejection.MediaDiffer;
    }

    private static MsrpRejection Judge(
        SdpSession session,
        int index,
        MsrpLocalMedia local,
        MsrpPeerRequirements required,
        bool isOffer,
        out MsrpNegotiation? negotiation)
    {
        negotiation = null;
        MsrpRejection rejection = MsrpMedia.Read(session, session.Media[index], out MsrpMedia? remote);
        if (remote is null)
        {
            return rejection;
        }

        if (remote.IsSecure != local.IsSecure)
        {
            return MsrpRejection.TransportNotSupported;
        }

        if (required.Direction is { } direction && remote.Direction != direction)
        {
            return MsrpRejection.WrongDirection;
        }

        if (!required.Types.All(type => remote.MaySend(type)) || !required.WrappedTypes.All(type => remote.MaySendWrapped(type)))
        {
            return MsrpRejection.NoCommonType;
        }

        if (IsActive(remote.Setup, local.Setup, isOffer) is not { } active)
        {
            return MsrpRejection.SetupConflict;
        }

        SdpDirection mine = SdpDirections.Answer(remote.Direction, local.Direction);
        negotiation = new MsrpNegotiation(local, remote, index, mine, active);
        return MsrpRejection.None;
    }

    // RFC 6135 4.2.2. Without a=setup the offerer connects (RFC 4975 5.4). Null: nobody, or both.
    private static bool? IsActive(SdpSetup remote, SdpSetup local, bool remoteOffers)
    {
        SdpSetup effective = remote != SdpSetup.None ? remote : remoteOffers ? SdpSetup.Active : SdpSetup.Passive;
        bool canListen = local.HasFlag(SdpSetup.Passive) && effective.HasFlag(SdpSetup.Active);
        bool canConnect = local.HasFlag(SdpSetup.Active) && effective.HasFlag(SdpSetup.Passive);
        return canListen ? false : canConnect ? true : null;
    }

    private static SdpSession Answer(SdpSession offer, MsrpNegotiation agreed, SdpOrigin origin)
    {
        ImmutableArray<SdpMedia>.Builder media = ImmutableArray.CreateBuilder<SdpMedia>(offer.Media.Length);
        for (int i = 0; i < offer.Media.Length; i++)
        {
            media.Add(i == agreed.MediaIndex
                ? CreateMedia(agreed.Local, agreed.Direction, agreed.IsActive ? SdpSetup.Active : SdpSetup.Passive)
                : offer.Media[i].Refused());
        }

        return Describe(origin, media.MoveToImmutable());
    }

    private static SdpSession Describe(SdpOrigin origin, ImmutableArray<SdpMedia> media) => new()
    {
        Origin = origin,
        Connection = new SdpConnection(origin.NetType, origin.AddrType, origin.Address),
        Media = media,
    };

    // The attributes in the order of profile 4.8: accept-types, wrapped, max-size, setup, path, direction.
    private static SdpMedia CreateMedia(MsrpLocalMedia local, SdpDirection direction, SdpSetup setup)
    {
        ImmutableArray<SdpAttribute>.Builder attributes = ImmutableArray.CreateBuilder<SdpAttribute>();
        attributes.Add(new SdpAttribute("accept-types", local.AcceptTypes.ToString()));
        if (!local.AcceptWrappedTypes.Types.IsEmpty)
        {
            attributes.Add(new SdpAttribute("accept-wrapped-types", local.AcceptWrappedTypes.ToString()));
        }

        if (local.MaxSize is { } maxSize)
        {
            attributes.Add(new SdpAttribute("max-size", maxSize.ToString(CultureInfo.InvariantCulture)));
        }

        if (setup != SdpSetup.None)
        {
            attributes.Add(new SdpAttribute("setup", SetupText(setup)));
        }

        if (local is { IsSecure: true, Fingerprint: { } fingerprint })
        {
            attributes.Add(new SdpAttribute("fingerprint", fingerprint));
        }

        attributes.Add(new SdpAttribute("path", local.Path.Text));
        attributes.Add(new SdpAttribute(direction.AttributeName()));
        return new SdpMedia
        {
            Kind = "message",
            Port = setup == SdpSetup.Active ? MsrpLocalMedia.DiscardPort : local.Path.First.Port ?? Msrp.MsrpUri.DefaultPort,
            Protocol = local.IsSecure ? MsrpMedia.SecureProtocol : MsrpMedia.PlainProtocol,
            Formats = ["*"],
            Attributes = attributes.DrainToImmutable(),
        };
    }

    private static string SetupText(SdpSetup setup) => setup switch
    {
        SdpSetup.Active => "active",
        SdpSetup.Passive => "passive",
        _ => "actpass",
    };
}
